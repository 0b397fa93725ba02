using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>What all optimizers with Adam's moments refuse.</summary>
public sealed class AdamErrorTests : IDisposable
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());

    public static TheoryData<string> Names => ["GaLore", "BAdam", "AdamW8Bit"];

    public void Dispose() => _model.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void Parameters_that_were_replaced(string name)
    {
        using var optimizer = Create(name);
        _model.to(ScalarType.Float64);
        foreach (var use in (Action[])[() => optimizer.step(), optimizer.zero_grad])
        {
            Assert.StartsWith(
                $"A parameter of {name} no longer exists: it was replaced, as by model.to(…)",
                Assert.Throws<InvalidOperationException>(use).Message,
                StringComparison.Ordinal);
        }

        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(optimizer.zero_grad);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_state_that_was_cut(string name)
    {
        using var optimizer = Create(name);
        _model.forward(Make.Normal(2, 5, 6)).sum().backward();
        optimizer.step();
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        var error = Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(new BinaryReader(new MemoryStream(stream.ToArray()[..^300]))));
        Assert.Contains("The saved state ends within that of a parameter of shape [", error.Message, StringComparison.Ordinal);
    }

    private AdamOptimizer Create(string name) => name switch
    {
        "GaLore" => new GaLore(_model.parameters(), rank: 2),
        "BAdam" => new BAdam(_model, order: BAdamOrder.Ascending, blocks: [["up", "down"]]),
        _ => new AdamW8Bit(_model.parameters()),
    };
}
