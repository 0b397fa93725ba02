using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class TrainingTests
{
    public static TheoryData<string> Optimizers => ["SGD", "Adam", "AdamW"];

    private static OptimizerHelper Make(string name, nn.Module model) => name switch
    {
        "SGD" => optim.SGD(model.parameters(), 0.1, momentum: 0.9),
        "Adam" => optim.Adam(model.parameters(), lr: 0.02),
        _ => optim.AdamW(model.parameters(), lr: 0.02, weight_decay: 0.01),
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Two_layers_learn_exclusive_or(string name)
    {
        using var model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 1));
        FillWithSines(model);
        using var x = tensor(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
        using var y = tensor(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
        using var optimizer = Make(name, model);

        float first = 0, last = 0;
        for (var i = 0; i < 400; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.call(x), y);
            loss.backward();
            optimizer.step();
            last = loss.item<float>();
            if (i == 0)
                first = last;
        }

        Assert.True(last < 0.02f && last < first / 5, $"{name}: loss {first} -> {last}");
    }

    /// <summary>First values that are the same in each run, whatever other tests draw meanwhile.</summary>
    private static void FillWithSines(nn.Module model)
    {
        using var guard = no_grad();
        foreach (var (parameter, i) in model.parameters().Select((parameter, i) => (parameter, i)))
            parameter.copy_((arange(parameter.numel(), dtype: ScalarType.Float32) * 1.7 + i).sin().mul_(0.7).view_as(parameter));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Two_thousand_steps_leave_no_tensor_behind(string name)
    {
        using var model = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1));
        using var optimizer = Make(name, model);
        using var x = ones(3, 2);

        void Step()
        {
            using var output = model.call(x);
            using var loss = output.sum();
            loss.backward();
            optimizer.step();
            optimizer.zero_grad();
        }

        for (var i = 0; i < 10; i++)
            Step();
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var before = statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10_000; i++)
            Step();
        Assert.Equal(before, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Steps_inside_scopes_keep_the_optimizer_alive()
    {
        using var p = nn.Parameter(ones(2));
        using var optimizer = optim.AdamW(new[] { p }, lr: 0.1, amsgrad: true);
        using var momentum = optim.SGD(new[] { p }, 0.1, momentum: 0.9);
        for (var i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            (p * p).sum().backward();
            optimizer.step();
            momentum.step();
        }

        Assert.All(p.Floats(), value => Assert.True(value < 1));
    }
}
