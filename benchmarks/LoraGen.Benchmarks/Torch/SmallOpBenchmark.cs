using LoraGen.Benchmarks.Measuring;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>What a call costs that computes next to nothing: the sum of two tensors of four elements, freed at once.</summary>
internal static class SmallOpBenchmark
{
    private const int Calls = 20_000;
    private const int WarmUp = 5;
    private const int Rounds = 41;

    public static IEnumerable<Row> Run()
    {
        using var left = ones(4);
        using var right = ones(4);
        using var noGrad = no_grad();
        var times = Stopwatches.Interleave(WarmUp, Rounds, Add)[0];
        yield return new Row("a + b of 4 elements", string.Empty, Row.Time(times.Median / Calls), string.Empty, "≤ 1235 ns");

        void Add()
        {
            for (var i = 0; i < Calls; i++)
            {
                using var sum = left + right;
            }
        }
    }
}
