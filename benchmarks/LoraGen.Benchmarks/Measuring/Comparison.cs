namespace LoraGen.Benchmarks.Measuring;

/// <summary>Ways to do the same work, compared round by round.</summary>
/// <param name="Name">What the command line calls it: the group, a hyphen, the rest.</param>
/// <param name="What">What the table calls it.</param>
/// <param name="Units">How many sites (or models, or whatever tensors and bytes are counted for) one run goes through.</param>
/// <param name="Prepare">Makes the variants. The first is the reference; the last of three or more is what the others have to beat.</param>
internal sealed record Comparison(string Name, string What, int Units, Func<IReadOnlyList<Variant>> Prepare)
{
    /// <summary>Whether an argument of the command line names this comparison or its group.</summary>
    public bool Is(string argument) => Name == argument || Name.StartsWith($"{argument}-", StringComparison.Ordinal);
}
