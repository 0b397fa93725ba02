using LoraGen.Runtime.Tests.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Counting leaves the process as it was, also where the constructor throws.</summary>
public sealed class LeavesEverythingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_default_device_and_the_random_state(bool throws)
    {
        random.manual_seed(3);
        using var state = random.get_rng_state();
        Count(throws);

        Assert.Equal(DeviceType.CPU, get_default_device().type);
        using var after = random.get_rng_state();
        Assert.True(state.Equals(after));
        using var made = zeros(2);
        Assert.Equal(DeviceType.CPU, made.device_type);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_live_tensors_and_the_dispose_scope(bool throws)
    {
        using var scope = NewDisposeScope();
        var left = LiveTensors.LeftBy(() => Count(throws), 10, throws ? ParametersOfModel : ParametersOfModel + 2);

        Assert.Equal(0, left);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void A_module_that_the_caller_passes()
    {
        using var part = Linear(4, 4);
        part.bias!.requires_grad = false;
        using var weight = part.weight.clone();
        var count = CompositeLora.Count(() => new Composite(part, 0));

        Assert.Equal(part.parameters().Sum(parameter => parameter.numel()), count.Total - count.Trainable - CompositeOwn);
        Assert.True(part.weight.Equals(weight));
        Assert.True(part.weight.requires_grad);
        Assert.False(part.bias.requires_grad);
        Assert.Equal(DeviceType.CPU, part.weight.device_type);
    }

    /// <summary>Each of the threads sees the default device that it knows, once the counts are over.</summary>
    [Fact]
    public void Counts_at_the_same_time_are_right()
    {
        var counts = new ParameterCount[16];
        Parallel.For(0, counts.Length, index => counts[index] = CausalModelLora.Count(new CausalConfig { Layers = index + 1 }));

        using var model = new CausalModel(new CausalConfig { Layers = 7 });
        using var lora = model.AttachLora();
        Assert.Equal(lora.ParameterCount, counts[6]);
        Assert.Equal(counts.Length, counts.Select(count => count.Trainable).Distinct().Count());
        Assert.Equal(DeviceType.CPU, get_default_device().type);
    }

    // The table's, the norm's and the part's.
    private const int ParametersOfModel = 1 + 2 + 2;
    private const long CompositeOwn = (9 * 4) + (2 * 4);

    private static void Count(bool throws)
    {
        try
        {
            CompositeLora.Count(() => new Composite(Linear(4, 4), throws ? 1 : 0));
            Assert.False(throws);
        }
        catch (ArithmeticException)
        {
            Assert.True(throws);
        }
    }
}

/// <summary>An embedding, which draws from the generator, a norm, and a part from outside.</summary>
[Lora(Rank = 2)]
internal sealed class Composite : Module<Tensor, Tensor>
{
    private readonly Embedding table = Embedding(9, 4);
    private readonly LayerNorm norm = LayerNorm(4);
    private readonly Module<Tensor, Tensor> part;

    public Composite(Module<Tensor, Tensor> part, int fault)
        : base(nameof(Composite))
    {
        this.part = part;
        RegisterComponents();
        using var noise = randn(3);
        if (fault != 0)
            throw new ArithmeticException("The model's own.");
    }

    public override Tensor forward(Tensor input) => part.call(norm.call(table.call(input)));
}
