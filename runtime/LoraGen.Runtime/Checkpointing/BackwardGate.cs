using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Passes the outputs of a checkpointed block on. In a <c>backward</c> it first gives a gradient to a tensor that nothing else uses, so that the block's node
/// can tell it from <c>autograd.grad</c>, which gives none to that tensor. Its outputs are views, which libtorch refuses to change in place.
/// </summary>
internal sealed class BackwardGate : autograd.MultiTensorFunction<BackwardGate>
{
    public override string Name => nameof(BackwardGate);

    /// <param name="ctx">The node.</param>
    /// <param name="vars">The tensor, then the outputs.</param>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.set_materialize_grads(false);
        ctx.save_for_backward([(Tensor)vars[0]]);
        return [.. vars.Skip(1).Cast<Tensor>()];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        ReturnedGradients.Free();
        var tensor = ctx.get_saved_variables()[0];
        var opened = tensor.detach();
        tensor.Dispose();
        return ReturnedGradients.Keep([opened, .. grad_outputs.Select(gradient => gradient.IsInvalid ? null : gradient)]);
    }
}
