namespace LoraGen;

/// <summary>VeRA with its options, which correspond to the properties of <see cref="VeraAttribute"/>.</summary>
public sealed partial record VeraMethod : MergeableMethod
{
    internal const int DefaultRank = 256;
    internal const double DefaultDInitial = 0.1;

    /// <inheritdoc cref="VeraAttribute.Rank"/>
    public int Rank { get; init; } = DefaultRank;

    /// <inheritdoc cref="VeraAttribute.Dropout"/>
    public double Dropout { get; init; }

    /// <inheritdoc cref="VeraAttribute.DInitial"/>
    public double DInitial { get; init; } = DefaultDInitial;

    /// <inheritdoc cref="VeraAttribute.ProjectionKey"/>
    public long ProjectionKey { get; init; }

    /// <inheritdoc cref="VeraAttribute.SaveProjection"/>
    public bool SaveProjection { get; init; } = true;

    internal override string Label => "VeRA";

    internal override string Summary => $"rank {Numbers.Text(Rank)}{(Dropout > 0 ? $", dropout {Numbers.Text(Dropout)}" : string.Empty)}";

    /// <inheritdoc/>
    protected internal override bool IsAdditive => true;

    // A·x and B(λ_d ⊙ A·x), for the gradients of λ_d and λ_b. Dropout keeps the random factors.
    internal override long Hidden(LayerFacts layer) => Rank + layer.Outputs + (Dropout > 0 ? layer.Inputs : 0);

    // A doesn't train, so no gradient needs its input.
    internal override long ReadElements(LayerFacts layer) => 0;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return [new("LambdaB", [layer.Outputs], ".vera_lambda_b"), new("LambdaD", [Rank], ".vera_lambda_d")];
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> SharedParameters(IReadOnlyList<LayerFacts> layers)
    {
        return
        [
            Projection("A", [Rank, layers.Max(layer => layer.Inputs)], "vera_A"),
            Projection("B", [layers.Max(layer => layer.Outputs), Rank], "vera_B"),
        ];

        // As in PEFT, they are buffers, which are not among the parameters that it counts.
        static ParameterSpec Projection(string name, long[] shape, string suffix) => new(name, shape, suffix) { Trains = false, IsCounted = false };
    }

    internal override string? DifferenceFrom(AdapterMethod other)
    {
        var first = (VeraMethod)other;
        if (Rank != first.Rank)
            return $"{nameof(Rank)} is {Rank} here and {first.Rank}";
        if (ProjectionKey != first.ProjectionKey)
            return $"{nameof(ProjectionKey)} is {ProjectionKey} here and {first.ProjectionKey}";
        return SaveProjection != first.SaveProjection ? $"{nameof(SaveProjection)} is {SaveProjection} here and {first.SaveProjection}" : null;
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        return layer.Kind == LayerKind.Linear
            ? null
            : new OptionFault(
                $"VeRA's matrices are shared by Linear layers, but the layer is of kind {layer.Name}. Leave it out of the targets, or adapt it by LoRA");
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (Rank < 1)
            yield return Range(nameof(Rank), Rank, "1 or more", Numbers.Text(DefaultRank));
        if (ScalingFaults.OfDropout(Dropout) is { } fault)
            yield return fault;

        // λ_b starts at 0, so with a λ_d of 0 neither would ever get a gradient.
        if (DInitial == 0 || !Numbers.IsFinite(DInitial))
            yield return Range(nameof(DInitial), DInitial, "finite and not 0", Numbers.Text(DefaultDInitial));
        if (ProjectionKey < 0)
            yield return Range(nameof(ProjectionKey), ProjectionKey, "0 or more", "0");

        static OptionFault Range(string option, double value, string range, string usual)
        {
            return OptionRule.OptionOutOfRange.Broken([option], new(option, usual), option, value, range, usual);
        }
    }
}
