namespace LoraGen;

/// <summary>Prefix tuning with its options, which correspond to the properties of <see cref="PrefixTuningAttribute"/>.</summary>
public sealed partial record PrefixTuningMethod : VirtualTokenMethod
{
    /// <inheritdoc cref="PrefixTuningAttribute.Projection"/>
    public bool Projection { get; init; }

    /// <inheritdoc cref="PrefixTuningAttribute.ProjectionSize"/>
    public int ProjectionSize { get; init; }

    /// <inheritdoc cref="PrefixTuningAttribute.StartAtZero"/>
    public bool StartAtZero { get; init; }

    internal override string Label => "Prefix tuning";

    internal override string Contract => "IPrefixable";

    internal override bool IsPrefix => true;

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (ProjectionSize < 0)
            yield return TooSmall(nameof(ProjectionSize), ProjectionSize, "512");
        if (ProjectionSize > 0 && !Projection)
            yield return WithoutEffect(nameof(ProjectionSize), "Projection is false");
    }

    internal override IReadOnlyList<ParameterSpec> Specs(long width, long layers)
    {
        var size = ProjectionSize == 0 ? width : ProjectionSize;
        return Projection
            ?
            [
                new("Embedding", [Tokens, width], "prompt_encoder.embedding.weight"),
                .. Linear("transform.0", size, width),
                .. Linear("transform.2", 2 * layers * width, size),
            ]
            : [new("Prefix", [Tokens, 2 * layers * width], VirtualTokenKeys.Table)];
    }
}
