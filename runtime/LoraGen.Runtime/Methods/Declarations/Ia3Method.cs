using LoraGen.Targets;

namespace LoraGen;

/// <summary>IA³ with its options, which correspond to the properties of <see cref="Ia3Attribute"/>.</summary>
public sealed partial record Ia3Method : MergeableMethod
{
    /// <inheritdoc cref="Ia3Attribute.FeedForward"/>
    public IReadOnlyList<string> FeedForward { get; init => field = OptionList.Of(value); } = new OptionList<string>([]);

    internal override string Label => "IA³";

    internal override IReadOnlyList<(string Option, IReadOnlyList<string> Patterns)> PathOptions => [(nameof(FeedForward), FeedForward)];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        long[] shape = (layer.Kind == LayerKind.Convolution, ScalesInput(layer)) switch
        {
            (true, true) => [1, layer.Inputs, .. layer.Kernel.Select(_ => 1L)],
            (true, false) => [1, layer.Outputs, .. layer.Kernel.Select(_ => 1L)],
            (false, true) => [1, layer.Inputs],
            _ => [layer.Outputs, 1],
        };
        return [new("Scale", shape, ".ia3_l")];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        return ScalesInput(layer) && layer.Kind == LayerKind.Embedding
            ? new OptionFault("FeedForward names an Embedding, whose inputs are numbers of rows and can't be scaled. Leave it out of FeedForward")
            {
                Options = [nameof(FeedForward)],
            }
            : null;
    }

    /// <summary>Whether the layer's input is scaled instead of its output.</summary>
    internal bool ScalesInput(LayerFacts layer) => FeedForward.Any(pattern => TargetPattern.Matches(pattern, layer.Path));
}
