using LoraGen.Benchmarks.Measuring;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Torch;

/// <summary>What LoRA costs on a Linear: 512 tokens through a frozen stack without adapters, with LoraGen's and with PEFT's; then with merged ones.</summary>
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
            using var stacks = new ComparedStacks(widths);
            foreach (var row in CompareAll($"forward, {name}", stacks.Forward, 1.06))
                yield return row;
            foreach (var row in CompareAll($"forward and backward, {name}", stacks.ForwardBackward, 1.10))
                yield return row;

            stacks.Lora.Merge();
            var merged = Stopwatches.Interleave(WarmUp, Rounds, () => stacks.Forward(stacks.Base), () => stacks.Forward(stacks.Adapted));
            yield return Row.Compare($"forward merged, {name}", merged[0], merged[1], 1.00);

            IEnumerable<Row> CompareAll(string what, Action<Module<Tensor, Tensor>> run, double aim)
            {
                var times = Stopwatches.Interleave(WarmUp, Rounds, () => run(stacks.Base), () => run(stacks.Adapted), () => run(stacks.Peft));
                yield return Row.Compare(what, times[0], times[1], aim);
                yield return Row.Compare($"{what}, as PEFT computes it", times[0], times[2]);
            }
        }
    }
}
