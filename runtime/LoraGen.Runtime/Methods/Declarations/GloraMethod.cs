namespace LoraGen;

/// <summary>GLoRA with its options, which correspond to the properties of <see cref="GloraAttribute"/>.</summary>
public sealed partial record GloraMethod : MergeableMethod
{
    /// <inheritdoc cref="GloraAttribute.Rank"/>
    public int Rank { get; init; } = LowRankMethod.DefaultRank;

    /// <inheritdoc cref="GloraAttribute.PartAB"/>
    public GloraPart PartAB { get; init; }

    /// <inheritdoc cref="GloraAttribute.PartC"/>
    public GloraPart PartC { get; init; }

    /// <inheritdoc cref="GloraAttribute.PartDE"/>
    public GloraPart PartDE { get; init; } = GloraPart.Constant;

    internal override string Label => "GLoRA";

    internal override string Summary
    {
        get
        {
            var rank = HasRank ? $"rank {Numbers.Text(Rank)}, " : string.Empty;
            return $"{rank}A and B {PartAB}, C {PartC}, D and E {PartDE}";
        }
    }

    /// <summary>Whether a part has the rank.</summary>
    internal bool HasRank => PartAB == GloraPart.LowRank || PartC == GloraPart.LowRank;

    internal override string FloatBase => "GLoRA multiplies the float weight";

    /// <inheritdoc/>
    protected internal override bool IsAdditive => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return
        [
            .. Part("A", PartAB, [layer.Outputs, 1], layer.Inputs),
            .. Part("B", PartAB, [layer.Outputs, 1], layer.Inputs),
            .. Part("C", PartC, [layer.Inputs, 1], 1),
            .. Part("D", PartDE, [layer.Outputs], 0),
            .. Part("E", PartDE, [layer.Outputs], 0),
        ];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Kind != LayerKind.Linear)
        {
            return new OptionFault(
                $"GLoRA is defined for the weight and bias of a Linear, but the layer is of kind {layer.Name}. Leave the layer out of the targets, or adapt it "
                + "by LoRA");
        }

        if (PartC == GloraPart.Constant)
            return Wrong(nameof(PartC), PartC, "C is one column [in, 1]; use LowRank, Vector or None");
        if (PartDE == GloraPart.LowRank)
            return Wrong(nameof(PartDE), PartDE, "D and E are vectors [out]; use Vector, Constant or None");
        if (PartAB == GloraPart.None && PartC == GloraPart.None && PartDE == GloraPart.None)
            return Wrong(nameof(PartAB), PartAB, "PartC and PartDE are None too, so nothing trains; set one of them");

        return layer.HasBias == false && (PartC != GloraPart.None || PartDE != GloraPart.None)
            ? OptionRule.GloraNeedsBias.Broken([nameof(PartC), nameof(PartDE)], null, PartC, PartDE, layer.Name)
            : null;
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (HasRank && Rank < 1)
            yield return OptionRule.RankNotPositive.Broken([nameof(Rank)], new(nameof(Rank), "8"), Rank);
    }

    private static OptionFault Wrong(string option, GloraPart value, string reason)
    {
        return new OptionFault($"{option} is {value}, but {reason}") { Options = [option] };
    }

    // The factors of the low-rank form are [rows, rank] and [rank, columns].
    private IEnumerable<ParameterSpec> Part(string name, GloraPart part, long[] vector, long columns)
    {
        var suffix = $".glora_{name}.";
        return part switch
        {
            GloraPart.LowRank => [new($"Left{name}", [vector[0], Rank], suffix + "Xd"), new($"Right{name}", [Rank, columns], suffix + "Xu")],
            GloraPart.Vector => [new(name, vector, suffix + "X")],
            GloraPart.Constant => [new(name, [1], suffix + "X")],
            _ => [],
        };
    }
}
