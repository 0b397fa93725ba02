using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter that trains virtual tokens: the base class of those of P-tuning and prefix tuning.</summary>
/// <typeparam name="TModel">The base model's class.</typeparam>
public abstract class VirtualTokenAdapter<TModel> : AdapterBase<TModel>
    where TModel : nn.Module
{
    private const long Ignored = -100;

    /// <summary>Creates an adapter. Only generated classes call it.</summary>
    protected VirtualTokenAdapter(TModel model, string name)
        : base(model, name)
    {
    }

    /// <summary>
    /// Prepends -100, which <c>cross_entropy</c> ignores, for each virtual token that the model's output has now: those of all active adapters of the model,
    /// and none for a prefix.
    /// </summary>
    /// <param name="labels">The labels of the tokens, [batch, tokens].</param>
    /// <returns>[batch, virtual tokens + tokens]; <paramref name="labels"/> itself if there are no virtual tokens.</returns>
    /// <exception cref="ArgumentException">The labels have another number of dimensions.</exception>
    public Tensor Labels(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.ndim != 2)
            throw VirtualTokens.Unexpected(labels, "labels are", "[batch, tokens]", nameof(labels));
        return VirtualTokens.Extended(labels, VirtualTokens.CountOf(BaseModel), Ignored);
    }

    /// <summary>Returns the part of the model's output that belongs to the tokens of the text.</summary>
    /// <param name="output">An output of the model per token, [batch, virtual tokens + tokens, …].</param>
    /// <returns>A view [batch, tokens, …]; <paramref name="output"/> itself if there are no virtual tokens.</returns>
    /// <exception cref="ArgumentException">The output has no second dimension, or a smaller one than there are virtual tokens.</exception>
    public Tensor OfText(Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (VirtualTokens.CountOf(BaseModel) is not (> 0 and var count))
            return output;
        if (output.ndim < 2 || output.shape[1] < count)
            throw VirtualTokens.Unexpected(output, "output is", $"[batch, {count} virtual tokens + tokens, …]", nameof(output));

        return output.narrow(1, count, output.shape[1] - count);
    }

    /// <summary>
    /// Returns a copy of the virtual tokens, [tokens, width], as the model reads them in evaluation mode. For prefix tuning the second dimension is
    /// 2 · layers · size of a layer's keys.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    public Tensor Tokens()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return VirtualTokenMethod!.Table(OwnParameters, isTraining: false).detach().clone().MoveToOuterDisposeScope();
    }
}
