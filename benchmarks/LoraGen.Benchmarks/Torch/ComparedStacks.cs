using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Torch;

/// <summary>One stack of Linear layers without adapters, with LoraGen's and with PEFT's, all frozen, and one input for all.</summary>
internal sealed class ComparedStacks : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _input;
    private readonly Tensor _trainableInput;
    private readonly Tensor _outputGradient;
    private readonly Tensor[] _trained;

    public ComparedStacks(params long[] widths)
    {
        Base = new LinearStack(widths);
        Adapted = new LinearStack(widths);
        Peft = new PeftStack(widths);
        foreach (var parameter in Base.parameters())
            parameter.requires_grad = false;
        Lora = Adapted.AttachLora();
        _input = randn(4, 128, widths[0]);
        _trainableInput = _input.clone().requires_grad_();
        _outputGradient = randn(4, 128, widths[^1]);
        _trained = [.. Lora.Parameters(), .. Peft.parameters().Where(parameter => parameter.requires_grad), _trainableInput];
    }

    public LinearStack Base { get; }

    public LinearStack Adapted { get; }

    public PeftStack Peft { get; }

    public LinearStackLora Lora { get; }

    public void Forward(Module<Tensor, Tensor> stack)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        stack.forward(_input);
    }

    /// <summary>As in the middle of a model: the gradient goes on to the input, and so through the frozen layers too.</summary>
    public void ForwardBackward(Module<Tensor, Tensor> stack)
    {
        using var scope = NewDisposeScope();
        foreach (var tensor in _trained)
            tensor.grad = null;
        stack.forward(_trainableInput).backward([_outputGradient]);
    }

    public void Dispose()
    {
        Lora.Dispose();
        Peft.Dispose();
        Adapted.Dispose();
        Base.Dispose();
        _scope.Dispose();
    }
}
