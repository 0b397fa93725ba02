namespace LoraGen.Analyzers;

/// <summary>What a linear layer takes and gives.</summary>
internal sealed record LayerSize(long In, long Out)
{
    /// <summary>The most directions that its weight has.</summary>
    public long FullRank => Math.Min(In, Out);

    /// <summary>Elements of the weight.</summary>
    public long Weight => In * Out;

    /// <summary>Elements of A and B.</summary>
    public long AdapterOf(long rank) => rank * (In + Out);
}
