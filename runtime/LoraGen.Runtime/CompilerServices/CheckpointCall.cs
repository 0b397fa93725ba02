using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LoraGen.Calls;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>Runs the calls of checkpointed blocks, and the backward passes through them. Only generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CheckpointCall
{
    /// <summary>Whether the next call of a module keeps its inputs only: it is a checkpointed block, in training.</summary>
    public static bool Applies(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.training && ModuleState.TryGet(module, out var state) && state.Checkpoints.Length > 0 && is_grad_enabled();
    }

    /// <summary>Runs a block for which <see cref="Applies"/> is true.</summary>
    /// <param name="block">The block.</param>
    /// <param name="call">Calls the block, and returns its results as a list.</param>
    /// <param name="result">Returns the results of such a list.</param>
    /// <param name="inputs">The inputs, with those in tuples one by one.</param>
    public static TResult Run<TBlock, TResult>(
        TBlock block, Func<TBlock, object?[], Tensor?[]> call, Func<Tensor?[], TResult> result, object?[] inputs)
        where TBlock : nn.Module
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(result);
        var checkpoint = BlockCheckpoint.Of(ModuleState.Of(block))!;
        checkpoint.WasReached = true;
        BackwardFailure.ThrowOf(block, checkpoint.Path);
        EnsureNoneHidden(checkpoint.Path, inputs);
        return result(HasGradients(block, inputs) ? BlockRun.Run(block, checkpoint, values => call(block, values), inputs) : call(block, inputs));
    }

    /// <summary>Runs a backward pass. An exception of a checkpointed block's code is thrown as it was.</summary>
    /// <exception cref="InvalidOperationException">
    /// Nothing requires a gradient, because the adapters of the model that was called last are merged or not active.
    /// </exception>
    public static void Backward(Action backward)
    {
        ArgumentNullException.ThrowIfNull(backward);
        Grad<object?>(() =>
        {
            backward();
            return null;
        });
    }

    /// <summary>Runs <c>autograd.grad</c>, which is refused if it has reached a checkpointed block.</summary>
    public static T Grad<T>(Func<T> grad)
    {
        ArgumentNullException.ThrowIfNull(grad);
        var last = BackwardFailure.Last;
        try
        {
            var result = grad();
            BackwardFailure.ThrowSince(last);
            return result;
        }
        catch (ExternalException failure)
        {
            BackwardFailure.ThrowOriginal(failure);
            WithoutGradient.Explain(failure);
            throw;
        }
        finally
        {
            ReturnedGradients.Free();
        }
    }

    // Their gradients would be lost.
    private static void EnsureNoneHidden(string path, object?[] inputs)
    {
        if (Array.Find(inputs, input => Within(input).Any(tensor => tensor.requires_grad)) is { } holder)
        {
            throw new InvalidOperationException(
                $"{path}: a {holder.GetType().Name} among the inputs of the checkpointed block holds a tensor that requires a gradient. Pass the tensor as an "
                + "input of its own, or in a tuple that isn't nullable.");
        }
    }

    private static IEnumerable<Tensor> Within(object? input) => input switch
    {
        IEnumerable<Tensor?> tensors and not Tensor => tensors.OfType<Tensor>(),
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(index => tuple[index]).OfType<Tensor>(),
        _ => [],
    };

    // Without any, the block runs as if it were not checkpointed: the graph then keeps nothing of it.
    private static bool HasGradients(nn.Module block, object?[] inputs)
    {
        return inputs.Any(input => input is Tensor { requires_grad: true })
            || block.parameters().Any(parameter => parameter.requires_grad)
            || block.named_modules().Select(named => named.module).Prepend(block).Any(HasSites);
    }

    private static bool HasSites(nn.Module module) => ModuleState.TryGet(module, out var state) && state.Hook is { Sites.Count: > 0 };
}
