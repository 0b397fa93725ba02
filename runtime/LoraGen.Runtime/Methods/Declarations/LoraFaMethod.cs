namespace LoraGen;

/// <summary>LoRA-FA with its options, which correspond to the properties of <see cref="LoraFaAttribute"/>.</summary>
public sealed partial record LoraFaMethod : LowRankMethod
{
    internal override string Label => "LoRA-FA";

    internal override bool ActsOnSteps => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        var specs = base.Parameters(layer);
        return [specs[0] with { Trains = false }, .. specs.Skip(1)];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        const string wayOut = "Leave the layer out of the targets, or adapt it by LoRA";
        if (layer.Kind == LayerKind.Embedding)
            return new OptionFault($"LoRA-FA keeps A as it starts, and the A of an Embedding starts at zero. {wayOut}");
        if (layer.Groups != 1)
            return new OptionFault($"LoRA-FA projects the gradient of a product B·A, but the {layer.Name} has {layer.Groups} groups. {wayOut}");

        var inputs = layer.Kernel.Aggregate(layer.Inputs, (product, size) => product * size);
        return Rank > inputs
            ? new OptionFault($"Rank is {Rank}, but A·Aᵀ has no inverse if A has more rows than the {inputs} inputs. Lower Rank there")
            {
                Options = [nameof(Rank)],
            }
            : base.Unsupported(layer);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        return InitA == LoraInit.Zeros
            ? base.Faults().Append(
                new OptionFault("InitA is Zeros, but A keeps its initial values, so nothing would train. Leave InitA out") { Options = [nameof(InitA)] })
            : base.Faults();
    }
}
