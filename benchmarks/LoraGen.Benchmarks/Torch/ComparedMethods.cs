using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>One stack of Linear layers with each method's adapter, and one input of 512 tokens for all: what a method costs beside LoRA.</summary>
internal sealed class ComparedMethods
{
    private readonly LinearStack _lora;
    private readonly LinearStack _dora;
    private readonly LinearStack _ia3;
    private readonly Tensor _input;
    private readonly Tensor _outputGradient;
    private readonly Parameter[] _trained;

    public ComparedMethods(params long[] widths)
    {
        (_lora, _dora, _ia3) = (Stack(widths), Stack(widths), Stack(widths));
        _trained = [.. _lora.AttachLora().Parameters(), .. _dora.AttachDora().Parameters(), .. _ia3.AttachIa3().Parameters()];
        _input = randn(4, 128, widths[0], device: BenchmarkDevice.Device).requires_grad_();
        _outputGradient = randn(4, 128, widths[^1], device: BenchmarkDevice.Device);
    }

    /// <summary>As in the middle of a model: the gradient goes on to the input, and so through the frozen layers too.</summary>
    public IReadOnlyList<Variant> ForwardBackward() => [new("LoRA", () => Run(_lora)), new("IA³", () => Run(_ia3)), new("DoRA", () => Run(_dora))];

    private static LinearStack Stack(long[] widths)
    {
        random.manual_seed(1);
        return new LinearStack(widths).to(BenchmarkDevice.Device);
    }

    private void Run(LinearStack stack)
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in _trained)
            parameter.grad = null;
        _input.grad = null;
        stack.forward(_input).backward([_outputGradient]);
        BenchmarkDevice.Finish();
    }
}
