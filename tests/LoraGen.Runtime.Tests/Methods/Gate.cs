using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>A user-defined method that can't be merged: x ← x + gate · tanh(x).</summary>
public sealed record Gate : AdapterMethod
{
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("gate", [1], ".gate")];

    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        return layer.Kind == LayerKind.Embedding ? new OptionFault("an Embedding's inputs are numbers of rows; leave it out of the targets") : null;
    }

    protected internal override void Start(Site site) => site["gate"].zero_();

    protected internal override Tensor OnInput(LayerCall call, Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input + (input.tanh() * call.Site["gate"])).to(input.dtype).MoveToOuterDisposeScope();
    }
}
