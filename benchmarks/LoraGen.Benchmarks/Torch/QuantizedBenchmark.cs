using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>LoRA on Linear layers with float weights and with quantised ones, 512 tokens.</summary>
internal static class QuantizedBenchmark
{
    private const long Batch = 4;
    private const long Length = 128;

    private static readonly BaseQuantization Nf4 = new(Quantization.Nf4);

    private static readonly (string Name, string Text, long[] Widths)[] Shapes =
    [
        ("896", "4 × (896 → 896)", [.. Enumerable.Repeat(896L, 5)]),
        ("up", "896 → 4864", [896, 4864]),
        ("down", "4864 → 896", [4864, 896]),
        ("4096", "4096 → 4096", [4096, 4096]),
    ];

    public static IEnumerable<Comparison> All =>
    [
        .. Shapes.SelectMany(shape => Of("nf4", "NF4", Nf4, shape)),
        .. Shapes.SelectMany(shape => Of("bf16", "NF4, bfloat16 products", Nf4 with { ComputeType = ComputeType.BFloat16 }, shape)),
        .. Shapes.Select(shape => Packing(shape.Name, shape.Text, shape.Widths)),
    ];

    private static IEnumerable<Comparison> Of(string name, string what, BaseQuantization quantization, (string Name, string Text, long[] Widths) shape)
    {
        var sites = shape.Widths.Length - 1;
        yield return new($"quantised-{name}-forward-{shape.Name}", $"forward, {shape.Text}, {what}", sites, () => Both(Forward));
        yield return new($"quantised-{name}-backward-{shape.Name}", $"forward and backward, {shape.Text}, {what}", sites, () => Both(ForwardBackward));

        IReadOnlyList<Variant> Both(Func<string, LinearStackLora, Variant> variant)
        {
            return [variant("float32", Attached(shape.Widths, null)), variant(what, Attached(shape.Widths, quantization))];
        }
    }

    // What quantising costs beside the least that it could: reading the weight once.
    private static Comparison Packing(string name, string text, long[] widths)
    {
        return new($"quantised-packing-{name}", $"quantising, {text}", widths.Length - 1, () =>
        {
            var stack = Stack(widths);
            var packed = Stack(widths);
            return
            [
                new("sums of the weights", () => Sum(stack)),
                new("NF4", () => packed.Quantize(Nf4), After: () => packed.Dequantize()),
            ];
        });
    }

    private static void Sum(LinearStack stack)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var layer in stack.Layers)
            layer.weight.sum();
    }

    private static LinearStackLora Attached(long[] widths, BaseQuantization? quantization) => Stack(widths).AttachLora(quantization: quantization);

    private static LinearStack Stack(long[] widths)
    {
        random.manual_seed(1);
        return new LinearStack(widths).to(BenchmarkDevice.Device);
    }

    private static Variant Forward(string name, LinearStackLora lora)
    {
        var input = Input(lora);
        return new(name, () =>
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            lora.BaseModel.forward(input);
            BenchmarkDevice.Finish();
        });
    }

    private static Variant ForwardBackward(string name, LinearStackLora lora)
    {
        var input = Input(lora).requires_grad_();
        return new(
            name,
            () =>
            {
                using var scope = NewDisposeScope();
                using var grad = enable_grad();
                lora.BaseModel.forward(input).sum().backward();
                BenchmarkDevice.Finish();
            },
            Before: () =>
            {
                foreach (var tensor in lora.Parameters().Append(input))
                    tensor.grad = null;
            });
    }

    private static Tensor Input(LinearStackLora lora)
    {
        random.manual_seed(2);
        return randn(Batch, Length, lora.BaseModel.Layers[0].weight.shape[1], device: BenchmarkDevice.Device);
    }
}
