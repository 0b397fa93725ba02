using LoraGen.Benchmarks.Graphs;
using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Torch;

/// <summary>
/// Prompt tuning, P-tuning and prefix tuning in a whole model. The bare model starts from embeddings, or keys and values, of the same sizes that need a
/// gradient.
/// </summary>
internal static class VirtualTokenBenchmark
{
    private const string Last = "PEFT's graph";
    private const int Batch = 4;
    private const int Time = 128;

    private static readonly string Shape = $"{PromptedDecoder.Tokens} + {Time} tokens, {PromptedDecoder.Layers} layers of {PromptedDecoder.Width}";

    public static IEnumerable<Comparison> All =>
    [
        new("methods-prompt", $"prompt tuning, {Shape}", 1, () => Prompt(model => model.AttachPromptTuning().Parameters(), hasEncoder: false)),
        new("methods-p-tuning", $"P-tuning, {Shape}", 1, () => Prompt(model => model.AttachPTuning().Parameters(), hasEncoder: true)),
        new("methods-prefix", $"prefix tuning, {Shape}", 1, Prefix),
    ];

    private static IReadOnlyList<Variant> Prompt(Func<PromptedDecoder, IEnumerable<Tensor>> attach, bool hasEncoder)
    {
        var (bare, peft, ids) = (Model(), Model(), Ids());
        var embeddings = Normal(Batch, PromptedDecoder.Tokens + Time, PromptedDecoder.Width);
        var (table, numbers) = (Normal(PromptedDecoder.Tokens, PromptedDecoder.Width), Numbers());
        var encoder = hasEncoder ? Encoder() : null;
        return
        [
            new TrainedModel(() => bare.Decode(embeddings, 0, Nothing), [embeddings]).Variant("bare"),
            Adapted(ids, attach),
            new TrainedModel(
                () => peft.Decode(PeftGraph.Prompted(peft.Embed(ids), numbers, table, encoder), 0, Nothing),
                [table, .. encoder?.parameters() ?? []]).Variant(Last),
        ];
    }

    private static IReadOnlyList<Variant> Prefix()
    {
        var (bare, peft, ids) = (Model(), Model(), Ids());
        var embeddings = bare.Embed(ids).detach();
        var (table, numbers) = (Normal(PromptedDecoder.Tokens, 2 * PromptedDecoder.Layers * PromptedDecoder.Width), Numbers());
        Tensor[] parts =
        [
            .. Enumerable.Range(0, PromptedDecoder.Layers)
                .Select(_ => Normal(2, Batch, PromptedDecoder.Heads, PromptedDecoder.Tokens, PromptedDecoder.Width / PromptedDecoder.Heads)),
        ];
        return
        [
            new TrainedModel(() => bare.Decode(embeddings, PromptedDecoder.Tokens, Prepending(parts)), parts).Variant("bare"),
            Adapted(ids, model => model.AttachPrefixTuning().Parameters()),
            new TrainedModel(
                () => peft.Decode(
                    peft.Embed(ids),
                    PromptedDecoder.Tokens,
                    Prepending(PeftGraph.Prefix(Batch, numbers, table, PromptedDecoder.Layers, PromptedDecoder.Heads))),
                [table]).Variant(Last),
        ];
    }

    private static Variant Adapted(Tensor ids, Func<PromptedDecoder, IEnumerable<Tensor>> attach)
    {
        var model = Model();
        Tensor[] trained = [.. attach(model)];
        return new TrainedModel(() => model.call(ids), trained).Variant("LoraGen");
    }

    private static (Tensor Keys, Tensor Values) Nothing(int layer, Tensor keys, Tensor values) => (keys, values);

    private static Func<int, Tensor, Tensor, (Tensor Keys, Tensor Values)> Prepending(Tensor[] parts)
    {
        return (layer, keys, values) => (cat([parts[layer][0], keys], 2), cat([parts[layer][1], values], 2));
    }

    private static Module<Tensor, Tensor> Encoder()
    {
        const long width = PromptedDecoder.Width;
        return Sequential(Linear(width, width), ReLU(), Linear(width, width), ReLU(), Linear(width, width)).to(BenchmarkDevice.Device);
    }

    private static PromptedDecoder Model()
    {
        random.manual_seed(1);
        var model = new PromptedDecoder().to(BenchmarkDevice.Device);
        foreach (var parameter in model.parameters())
            parameter.requires_grad = false;
        return model;
    }

    private static Tensor Ids() => randint(0, PromptedDecoder.Vocabulary, [Batch, Time], device: BenchmarkDevice.Device);

    private static Tensor Numbers() => arange(PromptedDecoder.Tokens, device: BenchmarkDevice.Device);

    private static Tensor Normal(params long[] shape) => randn(shape, device: BenchmarkDevice.Device).requires_grad_();
}
