namespace LoraGen;

/// <summary>A method with two small factors, A [rank, in] and B [out, rank], whose scaled product is the change of the layer's weight.</summary>
public abstract partial record LowRankMethod : MergeableMethod
{
    internal const int DefaultRank = 8;

    private readonly double _alpha = double.NaN;

    private protected LowRankMethod()
    {
    }

    /// <inheritdoc cref="LowRankAttribute.Rank"/>
    public int Rank { get; init; } = DefaultRank;

    /// <inheritdoc cref="LowRankAttribute.Alpha"/>
    public double Alpha { get => double.IsNaN(_alpha) ? Rank : _alpha; init => _alpha = value; }

    /// <inheritdoc cref="LowRankAttribute.Dropout"/>
    public double Dropout { get; init; }

    /// <inheritdoc cref="LowRankAttribute.RankStabilized"/>
    public bool RankStabilized { get; init; }

    /// <inheritdoc cref="LowRankAttribute.InitA"/>
    public LoraInit InitA { get; init; } = LoraInit.KaimingUniform;

    /// <inheritdoc cref="LowRankAttribute.InitB"/>
    public LoraInit InitB { get; init; } = LoraInit.Zeros;

    /// <inheritdoc cref="LowRankAttribute.Reparametrize"/>
    public bool Reparametrize { get; init; }

    /// <summary>The factor of B·A: alpha / rank, or alpha / √rank if <see cref="RankStabilized"/> is set.</summary>
    public double Scaling => RankStabilized ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    internal override string Summary
    {
        get
        {
            var dropout = Dropout > 0 ? $", dropout {Numbers.Text(Dropout)}" : string.Empty;
            return $"rank {Numbers.Text(Rank)}, alpha {Numbers.Text(Alpha)}, scaling {Numbers.Text(Scaling)}{dropout}";
        }
    }

    internal override string? FloatBase => Reparametrize ? "Reparametrize sets the weight itself in each call" : null;

    /// <inheritdoc/>
    protected internal override bool IsAdditive => true;

    // Dropout keeps the random factors and the changed input.
    internal override long Hidden(LayerFacts layer) => Rank + (Dropout > 0 && layer.Kind != LayerKind.Embedding ? 2 * layer.Inputs : 0);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return layer.Kind switch
        {
            LayerKind.Embedding => [new("A", [Rank, layer.Inputs], ".lora_embedding_A"), new("B", [layer.Outputs, Rank], ".lora_embedding_B")],
            LayerKind.Convolution =>
            [
                new("A", [Rank, layer.Inputs, .. layer.Kernel], ".lora_A.weight"),
                new("B", [layer.Outputs, Rank / layer.Groups, .. layer.Kernel.Select(_ => 1L)], ".lora_B.weight"),
            ],
            _ => [new("A", [Rank, layer.Inputs], ".lora_A.weight"), new("B", [layer.Outputs, Rank], ".lora_B.weight")],
        };
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (Reparametrize && layer.Kind != LayerKind.Linear)
        {
            return new OptionFault($"Reparametrize sets the weight of TorchSharp's Linear, but the layer is of kind {layer.Name}")
            {
                Options = [nameof(Reparametrize)],
            };
        }

        if (InitA == LoraInit.Orthogonal && Rank % layer.Groups == 0 && Rank / layer.Groups % 2 != 0)
        {
            return new OptionFault(
                $"InitA is Orthogonal, which needs an even rank for each of the groups, but the {layer.Name} has {layer.Groups} groups and Rank is {Rank}. "
                + $"Set Rank there to a multiple of {2 * layer.Groups}, or leave InitA and InitB out")
            {
                Options = [nameof(InitA)],
            };
        }

        return Rank % layer.Groups == 0
            ? null
            : new OptionFault(
                $"Rank is {Rank}, but the {layer.Name} has {layer.Groups} groups, among which the rank is divided. "
                + $"Set Rank there to a multiple of {layer.Groups}, or leave the layer out of the targets")
            {
                Options = [nameof(Rank)],
            };
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (Rank < 1)
            yield return OptionRule.RankNotPositive.Broken([nameof(Rank)], new(nameof(Rank), "8"), Rank);

        foreach (var fault in ScalingFaults.Of(Alpha, Rank, Dropout))
            yield return fault;

        if (InitA == LoraInit.Zeros && InitB == LoraInit.Zeros)
            yield return OptionRule.BothMatricesZero.Broken([nameof(InitA), nameof(InitB)], new(nameof(InitA), LoraInit.KaimingUniform));

        if (Orthogonal() is { } orthogonal)
            yield return orthogonal;

        if (Reparametrize && Dropout != 0)
        {
            yield return OptionRule.ReparametrizeWithDropout.Broken(
                [nameof(Dropout), nameof(Reparametrize)], new(nameof(Dropout), null), Dropout);
        }
    }

    private OptionFault? Orthogonal()
    {
        var (isA, isB) = (InitA == LoraInit.Orthogonal, InitB == LoraInit.Orthogonal);
        if (isA != isB)
        {
            var (one, other, value) = isA ? (nameof(InitA), nameof(InitB), InitB) : (nameof(InitB), nameof(InitA), InitA);
            return OptionRule.OrthogonalNeedsHalves.Broken(
                [one, other], new(other, LoraInit.Orthogonal), $"{one} is Orthogonal and {other} is {value}", $"set {other} to Orthogonal too");
        }

        return isA && Rank > 0 && Rank % 2 != 0
            ? OptionRule.OrthogonalNeedsHalves.Broken(
                [nameof(Rank), nameof(InitA)], new(nameof(Rank), Numbers.Text(Rank + 1)), $"Rank is {Rank}", $"use an even rank, here {Rank + 1}")
            : null;
    }
}
