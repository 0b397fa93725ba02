using LoraGen.Benchmarks.Measuring;

namespace LoraGen.Benchmarks.Torch;

/// <summary>What LoRA costs on a Linear: 512 tokens through a frozen stack: bare, with LoraGen's adapters, with PEFT's graph; then with merged ones.</summary>
internal static class SiteBenchmark
{
    public static IEnumerable<Comparison> All => StackShape.All.SelectMany(shape => Of(shape.Name, shape.Text, shape.Widths));

    private static IEnumerable<Comparison> Of(string name, string stack, long[] widths)
    {
        var sites = widths.Length - 1;
        yield return new($"site-forward-{name}", $"forward, {stack}", sites, () => new ComparedStacks(widths).Forward());
        yield return new($"site-backward-{name}", $"forward and backward, {stack}", sites, () => new ComparedStacks(widths).ForwardBackward());
        yield return new($"site-methods-{name}", $"forward and backward, {stack}", sites, () => new ComparedMethods(widths).ForwardBackward());
        yield return new($"site-merged-{name}", $"forward merged, {stack}", sites, () => new ComparedStacks(widths).Merged());
    }
}
