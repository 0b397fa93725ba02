using LoraGen.Benchmarks.Graphs;
using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>Trainable tokens. A tensor is added to the embeddings that needs a gradient, because without it the bare model has no backward pass.</summary>
internal static class TokenBenchmark
{
    public static Comparison Comparison { get; } = new("methods-tokens", $"trainable tokens, 3 of {EmbeddingOnly.Vocabulary} × {EmbeddingOnly.Width}", 1, () =>
    {
        var ids = randint(0, EmbeddingOnly.Vocabulary, [4, 128], device: BenchmarkDevice.Device);
        var added = zeros(4, 128, EmbeddingOnly.Width, device: BenchmarkDevice.Device).requires_grad_();
        long[] numbers = [EmbeddingOnly.TokenOne, EmbeddingOnly.TokenTwo, EmbeddingOnly.TokenThree];
        var (bare, adapted) = (Model(), Model());
        var adapter = adapted.AttachTrainableTokens();
        var rows = bare.Weight.detach().index_select(0, tensor(numbers, device: BenchmarkDevice.Device)).requires_grad_();
        return
        [
            new TrainedModel(() => bare.forward(ids) + added, [added]).Variant("bare"),
            new TrainedModel(() => adapted.forward(ids) + added, [added, .. adapter.Parameters()]).Variant("LoraGen"),
            new TrainedModel(() => PeftGraph.TrainableTokens(bare.Weight, ids, numbers, rows) + added, [added, rows]).Variant("PEFT's graph"),
        ];
    });

    private static EmbeddingOnly Model()
    {
        var model = new EmbeddingOnly().to(BenchmarkDevice.Device);
        model.Weight.requires_grad = false;
        return model;
    }
}
