using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Precision;

/// <summary>The recipes of docs/half-precision.md, each beside the same training in float32.</summary>
public sealed class RecipeTests
{
    private const int Steps = 60;

    public static TheoryData<ScalarType> Types => [ScalarType.BFloat16, ScalarType.Float16];

    [Theory, MemberData(nameof(Types))]
    public void An_adapter_in_float32_over_a_base_in_16_bits(ScalarType type)
    {
        var expected = Adapter(ScalarType.Float32, useScaler: false);
        Near(expected, Adapter(type, useScaler: false), 0.03);
        Near(expected, Adapter(type, useScaler: true), 0.03);
    }

    [Fact]
    public void Full_fine_tuning_in_bfloat16_with_masters()
    {
        var expected = Full(ScalarType.Float32, model => optim.AdamW(model.parameters(), lr: 3e-3));
        Near(expected, Full(ScalarType.BFloat16, model => new MasterWeights(model.parameters(), masters => optim.AdamW(masters, lr: 3e-3))), 0.03);
    }

    [Fact]
    public void Full_fine_tuning_in_float16_with_masters_and_a_scaler()
    {
        var expected = Full(ScalarType.Float32, model => optim.AdamW(model.parameters(), lr: 3e-3));
        using var model = Make.Model(() => new NextToken(), dtype: ScalarType.Float16);
        using var optimizer = new MasterWeights(model.parameters(), masters => optim.AdamW(masters, lr: 3e-3));
        var scaler = new LossScaler();
        var schedule = optim.lr_scheduler.ConstantLR(optimizer, 1, 1);
        var actual = NextTokenRun.Train(model, optimizer, Steps, loss =>
        {
            scaler.Scale(loss).backward();
            scaler.Unscale(optimizer);
            nn.utils.clip_grad_norm_([.. optimizer.parameters()], 100);
            if (scaler.Step(optimizer))
                schedule.step();
            scaler.Update();
        });
        Near(expected, actual, 0.03);
        Assert.InRange(scaler.SkippedSteps, 0, 10);
    }

    // Rounded after each step, small changes are lost.
    [Fact]
    public void Masters_keep_what_a_weight_in_bfloat16_loses()
    {
        const double Rate = 2e-5;
        var start = Full(ScalarType.Float32, model => optim.SGD(model.parameters(), 0));
        var expected = start - Full(ScalarType.Float32, model => optim.AdamW(model.parameters(), lr: Rate));
        var kept = start - Full(ScalarType.BFloat16, model => new MasterWeights(model.parameters(), masters => optim.AdamW(masters, lr: Rate)));
        var lost = start - Full(ScalarType.BFloat16, model => optim.AdamW(model.parameters(), lr: Rate));
        Assert.InRange(kept / expected, 0.8, 1.2);
        Assert.True(lost < 0.6 * expected, $"{lost} of {expected}");
    }

    [Fact]
    public void Moments_in_8_bits()
    {
        var expected = Full(ScalarType.Float32, model => optim.AdamW(model.parameters(), lr: 3e-3, beta2: 0.999));
        Near(expected, Full(ScalarType.Float32, model => new AdamW8Bit(model.parameters(), 3e-3)), 0.03);
        Near(expected, Full(ScalarType.BFloat16, model => new MasterWeights(model.parameters(), masters => new AdamW8Bit(masters, 3e-3))), 0.03);
    }

    [Fact]
    public void Moments_in_8_bits_under_GaLore()
    {
        var expected = Full(ScalarType.Float32, model => new GaLore(Groups(model), 5e-3));
        Near(expected, Full(ScalarType.Float32, model => new GaLore(Groups(model), 5e-3, moments: MomentPrecision.EightBit)), 0.03);

        static GaLoreGroup[] Groups(NextToken model)
        {
            var matrices = model.parameters().Where(parameter => parameter.shape.Length == 2).ToArray();
            var others = model.parameters().Where(parameter => parameter.shape.Length != 2);
            return [new(matrices, rank: 32, updateInterval: 50, scale: 1), new(others)];
        }
    }

    [Fact]
    public void The_state_in_8_bits_is_a_quarter()
    {
        using var full = new Perceptron(256, 1024, 256);
        using var optimizer = new AdamW8Bit(full.parameters());
        full.forward(randn(2, 256)).sum().backward();
        optimizer.step();
        Assert.InRange(optimizer.StateBytes / (8.0 * full.parameters().Sum(parameter => parameter.numel())), 0.25, 0.27);
    }

    private static double Full(ScalarType type, Func<NextToken, optim.Optimizer> create)
    {
        using var model = Make.Model(() => new NextToken(), dtype: type);
        using var optimizer = create(model);
        return NextTokenRun.Train(model, optimizer, Steps);
    }

    private static double Adapter(ScalarType type, bool useScaler)
    {
        using var model = Make.Model(() => new NextToken(), dtype: type);
        random.manual_seed(9);
        using var lora = model.AttachLora();
        using var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-2);
        if (!useScaler)
            return NextTokenRun.Train(model, optimizer, Steps);

        var scaler = new LossScaler();
        return NextTokenRun.Train(model, optimizer, Steps, loss =>
        {
            scaler.Scale(loss).backward();
            scaler.Step(optimizer);
            scaler.Update();
        });
    }

    private static void Near(double expected, double actual, double share)
    {
        // Below what an untrained model has: the logarithm of 64.
        Assert.True(expected < 0.9 * Math.Log(NextToken.Tokens), $"{expected} in float32");
        Assert.True(Math.Abs(actual - expected) <= share * expected, $"{actual}, and {expected} in float32");
    }
}
