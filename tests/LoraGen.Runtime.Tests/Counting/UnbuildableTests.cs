using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Constructors that can't run without weights: one message names the method, the line and the solution.</summary>
public sealed class UnbuildableTests
{
    private static readonly Dictionary<string, Action<Linear>> Constructors = new()
    {
        ["to(CPU)"] = layer => layer.to(CPU),
        ["cpu()"] = layer => layer.cpu(),
        ["a value of a new tensor"] = _ => linspace(0, 0.1, 12)[3].item<float>(),
        ["the values of a new tensor"] = _ => linspace(0, 0.1, 12).data<float>().ToArray(),
        ["a condition on a new tensor"] = layer => layer.train(zeros(3).eq(0).all().item<bool>()),
        ["a forward that finds a flattened size"] = _ => Conv2d(1, 2, 3).forward(zeros(1, 1, 8, 8)),
        ["init.sparse_"] = layer => init.sparse_(layer.weight, 0.5),
        ["a tensor on a real device beside others"] = _ => zeros(3, device: CPU).add(ones(3)),
    };

    public static TheoryData<string> Names => [.. Constructors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_message_names_the_method_and_line(string name)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => ConstructedLora.Count(Constructors[name]));
        Assert.StartsWith("Constructed can't be built without weights, since LoraGen.Runtime.Tests.Counting.UnbuildableTests.", refused.Message);
        Assert.EndsWith("Attach the adapter to a model and read its ParameterCount.", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.NotNull(refused.InnerException);
    }

    [Fact]
    public void The_models_own_exception_stays_what_it_is()
    {
        var own = new ArgumentException("Heads must divide the width.");
        Assert.Same(own, Assert.Throws<ArgumentException>(() => ConstructedLora.Count(_ => throw own)));
    }

    [Fact]
    public void A_function_that_returns_null_is_refused()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => ConstructedLora.Count(() => null!));
        Assert.Equal("The function that builds the Constructed returned null.", refused.Message);
    }

    [Fact]
    public void What_needs_no_value_is_built()
    {
        var count = ConstructedLora.Count(layer =>
        {
            using var noGrad = no_grad();
            init.trunc_normal_(layer.weight);
            init.orthogonal_(layer.weight);
            layer.weight.copy_(randn(4, 4) * 0.02 + arange(4).unsqueeze(0));
            layer.bias![0] = 1f;
            layer.forward(zeros(2, 4)).tril().masked_fill_(ones(2, 4, dtype: ScalarType.Bool), -1);
            Linear(4, 4, device: CPU);
        });
        Assert.Equal(2 * (4 + 4), count.Trainable);
    }
}

/// <summary>A model whose constructor does to its layer what it is told to.</summary>
[Lora(Rank = 2)]
internal sealed class Constructed : Module<Tensor, Tensor>
{
    private readonly Linear layer = Linear(4, 4);

    public Constructed(Action<Linear> then)
        : base(nameof(Constructed))
    {
        RegisterComponents();
        then(layer);
    }

    public override Tensor forward(Tensor input) => layer.call(input);
}
