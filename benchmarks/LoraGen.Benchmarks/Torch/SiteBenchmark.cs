using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;

namespace LoraGen.Benchmarks.Torch;

/// <summary>What LoRA costs on a Linear: 512 tokens through a stack of frozen layers, without and with adapters; then with merged ones.</summary>
internal static class SiteBenchmark
{
    private const int WarmUp = 5;
    private const int Rounds = 41;

    private static readonly (string Name, long[] Widths)[] Stacks =
    [
        ("8 × (896 → 896)", [.. Enumerable.Repeat(896L, 9)]),
        ("2 × (896 → 4864 → 896)", [896, 4864, 896, 4864, 896]),
    ];

    public static IEnumerable<Row> Run()
    {
        foreach (var (name, widths) in Stacks)
        {
            using var pair = new StackPair(widths);
            yield return Compare($"forward, {name}", pair.Forward, 1.06);
            yield return Compare($"forward and backward, {name}", pair.ForwardBackward, 1.10);

            pair.Lora.Merge();
            yield return Compare($"forward merged, {name}", pair.Forward, 1.00);

            Row Compare(string what, Action<LinearStack> run, double aim)
            {
                var times = Stopwatches.Interleave(WarmUp, Rounds, () => run(pair.Base), () => run(pair.Adapted));
                return Row.Compare(what, times[0], times[1], aim);
            }
        }
    }
}
