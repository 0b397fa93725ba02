using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;

namespace LoraGen.Benchmarks.Torch;

/// <summary>Attaching to, and leaving, a model with 72 sites.</summary>
internal static class AttachBenchmark
{
    private const int WarmUp = 10;
    private const int Rounds = 101;

    public static IEnumerable<Row> Run()
    {
        using var model = new AttentionTree();
        var sites = 0;
        var attach = new List<double>();
        var dispose = new List<double>();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            AttentionTreeLora? lora = null;
            var attached = Stopwatches.Time(() => lora = model.AttachLora());
            sites = lora!.Sites.Count;
            var disposed = Stopwatches.Time(lora.Dispose);
            if (round >= 0)
            {
                attach.Add(attached);
                dispose.Add(disposed);
            }
        }

        yield return new Row($"attach to {sites} sites", string.Empty, Row.Time(new Series(attach).Median), string.Empty, "≤ 10 ms");
        yield return new Row($"detach and dispose {sites} sites", string.Empty, Row.Time(new Series(dispose).Median), string.Empty, string.Empty);
    }
}
