namespace LoraGen.Analyzers;

/// <summary>The sizes of a layer whose weight is [out, in / groups · kernel], an Embedding's rows being its inputs.</summary>
/// <param name="Layer">As a reader would write it: <c>Linear(64, 4)</c>.</param>
/// <param name="In">What it takes: features, rows or channels.</param>
/// <param name="Out">What it gives.</param>
/// <param name="Kernel">Elements of a convolution's kernel.</param>
/// <param name="Groups">Of a convolution.</param>
internal sealed record LayerSize(string Layer, long In, long Out, long Kernel = 1, long Groups = 1)
{
    /// <summary>The most directions that a change of the weight, of each group's part, has.</summary>
    public long FullRank => Math.Min(Out, In * Kernel * Groups);

    /// <summary>Elements of the weight.</summary>
    public long Weight => Out * (In / Groups) * Kernel;

    /// <summary>Elements of A and B for each unit of the rank.</summary>
    public long PerRank => (In * Kernel) + (Out / Groups);

    /// <summary>Elements of A and B.</summary>
    public long AdapterOf(long rank) => rank * PerRank;
}
