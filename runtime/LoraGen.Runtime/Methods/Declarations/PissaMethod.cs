namespace LoraGen;

/// <summary>PiSSA with its options, which correspond to the properties of <see cref="PissaAttribute"/>.</summary>
public sealed partial record PissaMethod : LowRankMethod
{
    /// <inheritdoc cref="PissaAttribute.SaveResidualForm"/>
    public bool SaveResidualForm { get; init; }

    internal override string Label => "PiSSA";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        var trained = base.Parameters(layer);
        return [.. trained, .. trained.Select(spec => spec with { Name = spec.Name + "0", Trains = false })];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Groups != 1)
        {
            return new OptionFault(
                $"PiSSA starts from the singular vectors of the weight, but the {layer.Name} has {layer.Groups} groups. Leave the layer out of the targets, or "
                + "adapt it by LoRA");
        }

        return Rank > layer.FullRank
            ? new OptionFault($"Rank is {Rank}, but the weight of the {layer.Name} has only {layer.FullRank} singular vectors. Lower Rank there")
            {
                Options = [nameof(Rank)],
            }
            : base.Unsupported(layer);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (InitA != LoraInit.KaimingUniform || InitB != LoraInit.Zeros)
        {
            return base.Faults().Append(new OptionFault("InitA and InitB have no effect: PiSSA starts from the weight. Leave them out")
            {
                Options = [nameof(InitA), nameof(InitB)],
            });
        }

        return base.Faults();
    }
}
