using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Calls;

/// <summary>However a layer is run, its adapter takes part.</summary>
public sealed class CallTests
{
    private static readonly string[] Layers =
    [
        "forwarded", "called", "typedAsBase", "conditional", "passed", "listed.0", "listed.1", "sequence.first", "sequence.last", "scored.inner",
    ];

    private readonly Callers _model = Make.Model(() => new Callers());
    private readonly Tensor _input = Make.Normal(3, 4, Callers.Width);

    public static TheoryData<string> Paths => [.. Layers];

    [Fact]
    public void Every_layer_is_adapted()
    {
        using var lora = _model.AttachLora();
        Assert.Equal(Layers, lora.Sites.Select(site => site.Path));
    }

    [Theory, MemberData(nameof(Paths))]
    public void Each_reaches_the_output(string path)
    {
        using var lora = _model.AttachLora();
        var before = _model.forward(_input);
        var site = (LoraSite)lora[path];
        using (no_grad())
            site.B.copy_(Make.Normal(9, site.B.shape));

        var output = _model.forward(_input);
        Expect.Differ(before, output);
        Expect.SameBits(output, _model.call(_input));
        lora.Merge();
        Expect.Close(output, _model.forward(_input));
    }

    [Fact]
    public void A_layer_run_from_outside_is_adapted()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 4, 6);
        var expected = Reference.Output(lora.Up, input);

        Expect.Close(expected, model.Up.forward(input));
        Expect.Close(expected, model.Up.call(input));
        lora.Detach();
        Expect.SameBits(Reference.Base(lora.Up, input), model.Up.forward(input));
    }
}
