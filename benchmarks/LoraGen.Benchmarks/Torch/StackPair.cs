using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>One stack of Linear layers without and one with adapters, both frozen, and one input for both.</summary>
internal sealed class StackPair : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _input;
    private readonly Tensor _trainableInput;
    private readonly Tensor _outputGradient;

    public StackPair(params long[] widths)
    {
        Base = new LinearStack(widths);
        Adapted = new LinearStack(widths);
        foreach (var parameter in Base.parameters())
            parameter.requires_grad = false;
        Lora = Adapted.AttachLora();
        _input = randn(4, 128, widths[0]);
        _trainableInput = _input.clone().requires_grad_();
        _outputGradient = randn(4, 128, widths[^1]);
    }

    public LinearStack Base { get; }

    public LinearStack Adapted { get; }

    public LinearStackLora Lora { get; }

    public void Forward(LinearStack stack)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        stack.forward(_input);
    }

    /// <summary>As in the middle of a model: the gradient goes on to the input, and so through the frozen layers too.</summary>
    public void ForwardBackward(LinearStack stack)
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in Lora.Parameters().Append(_trainableInput))
            parameter.grad = null;
        stack.forward(_trainableInput).backward([_outputGradient]);
    }

    public void Dispose()
    {
        Lora.Dispose();
        Adapted.Dispose();
        Base.Dispose();
        _scope.Dispose();
    }
}
