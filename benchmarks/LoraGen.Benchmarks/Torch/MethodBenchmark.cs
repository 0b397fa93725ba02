using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>What each method costs in training: forward and backward of a bare model, of one with LoraGen's adapter, and of one with PEFT's graph.</summary>
internal static class MethodBenchmark
{
    private const string PeftGraph = "PEFT's graph";
    private const string ByHand = "by requires_grad";

    public static IEnumerable<Comparison> All =>
    [
        .. Linear("lora", "LoRA", stack => stack.AttachLora().Parameters(), LinearGraphs.Lora),
        .. Linear("lora-bias", "LoRA, bias on B", stack => stack.AttachBiasedLora().Parameters(), LinearGraphs.LoraWithBias),
        .. Linear("lora-fa", "LoRA-FA", stack => stack.AttachLoraFa().Sites.SelectMany(site => site.Parameters), LinearGraphs.LoraFa),
        .. Linear("dora", "DoRA", stack => stack.AttachDora().Parameters(), LinearGraphs.Dora),
        .. Linear("ia3", "IA³", stack => stack.AttachIa3().Parameters(), LinearGraphs.Ia3),
        .. Linear("oft", "OFT", stack => stack.AttachOft().Parameters(), LinearGraphs.Oft),
        .. Linear("oft-exact", "OFT, exact", stack => stack.AttachExactOft().Parameters(), LinearGraphs.ExactOft),
        .. Linear("pissa", "PiSSA", stack => stack.AttachPissa().Parameters(), LinearGraphs.Lora),
        .. Linear("olora", "OLoRA", stack => stack.AttachOlora().Parameters(), LinearGraphs.Lora),
        .. Linear("adalora", "AdaLoRA", stack => stack.AttachAdaLora().Sites.SelectMany(site => site.Parameters), LinearGraphs.AdaLora),
        .. Linear("glora", "GLoRA", stack => stack.AttachGlora().Parameters(), LinearGraphs.Glora),
        .. Linear("velora", "VeLoRA", stack => stack.AttachVelora().Parameters(), LinearGraphs.Velora),
        .. Linear("vera", "VeRA, rank 256", stack => stack.AttachVera().Parameters(), LinearGraphs.Vera),
        .. Linear("bottleneck", "bottleneck adapters", stack => stack.AttachBottleneck().Parameters(), LinearGraphs.Bottleneck, "AdapterHub's graph"),
        .. Chosen("full", "full fine-tuning", stack => stack.AttachFullFineTuning().Parameters(), stack => stack.parameters()),
        .. Chosen("bitfit", "BitFit", stack => stack.AttachBitFit().Parameters(), stack => stack.Layers.Select(layer => layer.bias!)),
        .. Chosen("freeze", "Freeze", stack => stack.AttachFreeze().Parameters(), stack => stack.Layers.TakeLast(2).SelectMany(layer => layer.parameters())),
        TokenBenchmark.Comparison,
        NormBenchmark.Comparison,
        .. VirtualTokenBenchmark.All,
    ];

    private static IEnumerable<Comparison> Linear(
        string name, string method, Func<LinearStack, IEnumerable<Tensor>> attach, LinearGraph graph, string reference = PeftGraph)
    {
        return Of(name, method, attach, reference, (widths, input) => TrainedModel.Graph(widths, input, graph));
    }

    private static IEnumerable<Comparison> Chosen(
        string name, string method, Func<LinearStack, IEnumerable<Tensor>> attach, Func<LinearStack, IEnumerable<Tensor>> trained)
    {
        return Of(name, method, attach, ByHand, (widths, input) => TrainedModel.ByHand(widths, input, trained));
    }

    private static IEnumerable<Comparison> Of(
        string name, string method, Func<LinearStack, IEnumerable<Tensor>> attach, string reference, Func<long[], Tensor, TrainedModel> create)
    {
        return StackShape.All.Select(shape => new Comparison($"methods-{name}-{shape.Name}", $"{method}, {shape.Text}", shape.Widths.Length - 1, () =>
        {
            var input = randn(4, 128, shape.Widths[0], device: BenchmarkDevice.Device).requires_grad_();
            return
            [
                TrainedModel.Bare(shape.Widths, input).Variant("bare"),
                TrainedModel.Adapted(shape.Widths, input, attach).Variant("LoraGen"),
                create(shape.Widths, input).Variant(reference),
            ];
        }));
    }
}
