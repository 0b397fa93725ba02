using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>Attaching to, and leaving, a model with 72 sites, beside what torch alone needs to make the same A and B.</summary>
internal static class AttachBenchmark
{
    public static IEnumerable<Comparison> All =>
    [
        new("attach-start", $"attach to {AttentionTree.Sites} sites", AttentionTree.Sites, Attach),
        new("attach-end", $"detach and dispose {AttentionTree.Sites} sites", AttentionTree.Sites, Detach),
    ];

    private static IReadOnlyList<Variant> Attach()
    {
        var model = new AttentionTree();
        AttentionTreeLora? lora = null;
        DisposeScope? scope = null;
        return
        [
            new("A and B by torch alone", MakeMatrices, () => scope = NewDisposeScope(), () => scope!.Dispose()),
            new("LoraGen", () => lora = model.AttachLora(), After: () => lora!.Dispose()),
        ];
    }

    private static IReadOnlyList<Variant> Detach()
    {
        var model = new AttentionTree();
        AttentionTreeLora? lora = null;
        return [new("LoraGen", () => lora!.Dispose(), Before: () => lora = model.AttachLora())];
    }

    private static void MakeMatrices()
    {
        foreach (var outFeatures in AttentionTree.OutFeatures)
        {
            _ = new Parameter(nn.init.kaiming_uniform_(empty(AttentionTree.Rank, AttentionTree.Width), Math.Sqrt(5)));
            _ = new Parameter(zeros(outFeatures, AttentionTree.Rank));
        }
    }
}
