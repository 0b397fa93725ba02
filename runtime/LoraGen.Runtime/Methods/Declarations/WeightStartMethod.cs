namespace LoraGen;

/// <summary>
/// LoRA whose A and B start from a decomposition of the weight. The base weight stays as it is: the initial product is subtracted from the contribution
/// instead, W' = W + s·(B·A - B₀·A₀).
/// </summary>
public abstract partial record WeightStartMethod : LowRankMethod
{
    private protected WeightStartMethod()
    {
    }

    /// <inheritdoc cref="WeightStartAttribute.SaveResidualForm"/>
    public bool SaveResidualForm { get; init; }

    /// <summary>The vectors that A and B start from, of which there are as many as the weight's rank at most.</summary>
    private protected abstract string Vectors { get; }

    internal override string? FloatBase => base.FloatBase ?? $"{Label} starts from the {Vectors} of the float weight";

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
                $"{Label} starts from the {Vectors} of the weight, but the {layer.Name} has {layer.Groups} groups. Leave the layer out of the targets, or "
                + "adapt it by LoRA");
        }

        // PEFT's reader subtracts the initial product from a Linear alone.
        if (SaveResidualForm && layer.Kind != LayerKind.Linear)
        {
            return new OptionFault($"PEFT does not read the residual form for layers of kind {layer.Name}. Leave SaveResidualForm out")
            {
                Options = [nameof(SaveResidualForm)],
            };
        }

        return Rank > layer.FullRank
            ? new OptionFault($"Rank is {Rank}, but the weight of the {layer.Name} has only {layer.FullRank} {Vectors}. Lower Rank there")
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
            return base.Faults().Append(new OptionFault($"InitA and InitB have no effect: {Label} starts from the weight. Leave them out")
            {
                Options = [nameof(InitA), nameof(InitB)],
            });
        }

        return base.Faults();
    }
}
