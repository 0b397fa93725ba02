namespace LoraGen;

/// <summary>DoRA with its options, which correspond to the properties of <see cref="DoraAttribute"/>.</summary>
public sealed partial record DoraMethod : LowRankMethod
{
    internal override string Label => "DoRA";

    // The gradient of the magnitude needs the output without it.
    internal override long Hidden(LayerFacts layer) => base.Hidden(layer) + layer.Outputs;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        long[] shape = layer.Kind == LayerKind.Convolution ? [1, layer.Outputs, .. layer.Kernel.Select(_ => 1L)] : [layer.Outputs];
        return [.. base.Parameters(layer), new("Magnitude", shape, ".lora_magnitude_vector")];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        return layer.Groups == 1
            ? base.Unsupported(layer)
            : new OptionFault(
                $"DoRA needs the norm of the changed weight, but the {layer.Name} has {layer.Groups} groups, and A reads the channels of all groups, "
                + "which a weight with groups can't represent. Leave the layer out of the targets, or adapt it by LoRA");
    }
}
