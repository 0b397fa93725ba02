namespace LoraGen.Benchmarks.Torch;

/// <summary>The widths of a stack of Linear layers.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Text">What the table calls it.</param>
/// <param name="Widths">The input's width, and the output's of each layer.</param>
internal sealed record StackShape(string Name, string Text, long[] Widths)
{
    public static IReadOnlyList<StackShape> All { get; } =
    [
        new("narrow", "8 × (896 → 896)", [.. Enumerable.Repeat(896L, 9)]),
        new("wide", "2 × (896 → 4864 → 896)", [896, 4864, 896, 4864, 896]),
    ];
}
