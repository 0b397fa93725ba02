using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Torch;

/// <summary>One stack of Linear layers without adapters, with LoraGen's and with PEFT's, all frozen, and one input of 512 tokens for all.</summary>
internal sealed class ComparedStacks
{
    private readonly Tensor _input;
    private readonly Tensor _trainableInput;
    private readonly Tensor _outputGradient;
    private readonly Tensor[] _trained;
    private readonly LinearStack _bare;
    private readonly LinearStack _adapted;
    private readonly LinearStackLora _lora;
    private readonly PeftStack _peft;

    public ComparedStacks(params long[] widths)
    {
        _bare = new LinearStack(widths).to(BenchmarkDevice.Device);
        _adapted = new LinearStack(widths).to(BenchmarkDevice.Device);
        _peft = new PeftStack(widths).to(BenchmarkDevice.Device);
        foreach (var parameter in _bare.parameters())
            parameter.requires_grad = false;
        _lora = _adapted.AttachLora();
        _input = randn(4, 128, widths[0], device: BenchmarkDevice.Device);
        _trainableInput = _input.clone().requires_grad_();
        _outputGradient = randn(4, 128, widths[^1], device: BenchmarkDevice.Device);
        _trained = [.. _lora.Parameters(), .. _peft.parameters().Where(parameter => parameter.requires_grad), _trainableInput];
    }

    /// <summary>Inference.</summary>
    public IReadOnlyList<Variant> Forward() => All(RunForward);

    /// <summary>As in the middle of a model: the gradient goes on to the input, and so through the frozen layers too.</summary>
    public IReadOnlyList<Variant> ForwardBackward() => All(RunForwardBackward);

    /// <summary>Inference with a merged adapter, whose layers still have their hook.</summary>
    public IReadOnlyList<Variant> Merged()
    {
        _lora.Merge();
        return [new("bare", () => RunForward(_bare)), new("LoraGen, merged", () => RunForward(_adapted))];
    }

    private IReadOnlyList<Variant> All(Action<Module<Tensor, Tensor>> run)
    {
        return [new("bare", () => run(_bare)), new("LoraGen", () => run(_adapted)), new("PEFT's graph", () => run(_peft))];
    }

    private void RunForward(Module<Tensor, Tensor> stack)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        stack.forward(_input);
        BenchmarkDevice.Finish();
    }

    private void RunForwardBackward(Module<Tensor, Tensor> stack)
    {
        using var scope = NewDisposeScope();
        foreach (var tensor in _trained)
            tensor.grad = null;
        stack.forward(_trainableInput).backward([_outputGradient]);
        BenchmarkDevice.Finish();
    }
}
