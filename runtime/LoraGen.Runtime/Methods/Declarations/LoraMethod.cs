namespace LoraGen;

/// <summary>LoRA with its options, which correspond to the properties of <see cref="LoraAttribute"/>.</summary>
public sealed partial record LoraMethod : LowRankMethod
{
    /// <inheritdoc cref="LoraAttribute.BiasB"/>
    public bool BiasB { get; init; }

    internal override string Label => "LoRA";

    internal override string Summary => BiasB ? $"{base.Summary}, bias on B" : base.Summary;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return BiasB ? [.. base.Parameters(layer), new("BiasB", [layer.Outputs], ".lora_B.bias")] : base.Parameters(layer);
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (BiasB && layer.Kind == LayerKind.Embedding)
            return new OptionFault("BiasB gives B a bias, which PEFT has for no Embedding. Leave BiasB out there") { Options = [nameof(BiasB)] };

        return BiasB && Reparametrize
            ? new OptionFault("BiasB adds to the layer's output, but with Reparametrize only its weight is set. Remove one of the two")
            {
                Options = [nameof(BiasB), nameof(Reparametrize)],
            }
            : base.Unsupported(layer);
    }

    internal override OptionFault? Caution(LayerFacts layer)
    {
        return BiasB && layer.HasBias == false
            ? OptionRule.BiasNotMergeable.Broken([nameof(BiasB)], null, layer.Name)
            : null;
    }
}
