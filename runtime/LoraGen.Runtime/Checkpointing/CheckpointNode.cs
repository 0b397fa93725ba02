using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A block in the graph. It keeps the block's inputs instead of what is computed in it, and computes that again in the backward pass.</summary>
internal sealed class CheckpointNode : autograd.MultiTensorFunction<CheckpointNode>
{
    private const string RunKey = "run";

    // The variables before the tensors among the block's inputs.
    private const int Before = 3;

    public override string Name => nameof(CheckpointNode);

    /// <param name="ctx">The node.</param>
    /// <param name="vars">
    /// The run; a tensor that requires a gradient, so that the node is in the graph although no input requires one; an array with the gate's tensor; the
    /// tensors among the inputs.
    /// </param>
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var run = (BlockRun)vars[0];
        ctx.set_materialize_grads(false);
        ctx.save_data(RunKey, run);
        return run.RunFirst(ctx, ((Tensor[])vars[2])[0], [.. vars.Skip(Before).Cast<Tensor>()]);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        ReturnedGradients.Free();
        var run = (BlockRun)ctx.get_data(RunKey);
        try
        {
            return ReturnedGradients.Keep([null, null, null, .. run.Backward(grad_outputs)]);
        }
        catch (Exception failure)
        {
            return Failed(run, failure);
        }
        finally
        {
            foreach (var gradient in grad_outputs)
                gradient.Dispose();
        }
    }

    // In autograd.grad an exception of libtorch would end the process too.
    private static List<Tensor> Failed(BlockRun run, Exception failure)
    {
        var number = BackwardFailure.Add(run.Block, failure);
        using var noGrad = no_grad();
        return run.CanFail
            ? ReturnedGradients.Keep([null, Expanded(number), null, .. Enumerable.Repeat<Tensor?>(null, run.Tensors.Count)])
            : ReturnedGradients.Keep([null, null, null, .. run.Tensors.Select(tensor => tensor.NotANumber())]);
    }

    private static Tensor Expanded(long number)
    {
        using var zero = zeros(1L);
        return zero.expand(number);
    }
}
