namespace LoraGen;

/// <summary>LoRA with its options, which correspond to the properties of <see cref="LoraAttribute"/>.</summary>
public sealed partial record LoraMethod : LowRankMethod
{
    /// <inheritdoc cref="LoraAttribute.BiasB"/>
    public bool BiasB { get; init; }

    /// <inheritdoc cref="LoraAttribute.LoftqIterations"/>
    public int LoftqIterations { get; init; }

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

        if (LoftqIterations > 0 && Rank > layer.FullRank)
        {
            return new OptionFault(
                $"Rank is {Rank}, but LoftQ starts from singular vectors, of which the weight of the {layer.Name} has only {layer.FullRank}. Lower Rank there")
            {
                Options = [nameof(Rank)],
            };
        }

        return BiasB && Reparametrize
            ? new OptionFault("BiasB adds to the layer's output, but with Reparametrize only its weight is set. Remove one of the two")
            {
                Options = [nameof(BiasB), nameof(Reparametrize)],
            }
            : base.Unsupported(layer);
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults() => Loftq() is { } fault ? base.Faults().Append(fault) : base.Faults();

    internal override OptionFault? Caution(LayerFacts layer)
    {
        return BiasB && layer.HasBias == false
            ? OptionRule.BiasNotMergeable.Broken([nameof(BiasB)], null, layer.Name)
            : null;
    }

    private OptionFault? Loftq()
    {
        if (LoftqIterations == 0)
            return null;
        if (LoftqIterations < 0)
            return Broken("it is a number of iterations", "use 1 to 5, or leave it out", nameof(LoftqIterations));
        if (Base == Quantization.None)
            return Broken("Base is None, so there is no quantised weight to start from", "set Base, usually to Nf4", nameof(LoftqIterations), nameof(Base));

        return InitA != LoraInit.KaimingUniform || InitB != LoraInit.Zeros
            ? Broken(
                "InitA and InitB have no effect beside it",
                "leave them out",
                InitA != LoraInit.KaimingUniform ? nameof(InitA) : nameof(InitB),
                nameof(LoftqIterations))
            : null;
    }

    private OptionFault Broken(string why, string solution, params string[] options)
    {
        return OptionRule.LoftqNotPossible.Broken(options, new(options[0], null), LoftqIterations, why, solution);
    }
}
