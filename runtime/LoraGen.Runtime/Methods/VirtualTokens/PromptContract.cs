using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Reads what a model says of itself for virtual tokens, and checks it.</summary>
internal static class PromptContract
{
    /// <exception cref="InvalidOperationException">The model doesn't implement the interface.</exception>
    public static IPromptable Of(nn.Module model, string method) => model as IPromptable ?? throw Missing(model, method, nameof(IPromptable));

    /// <inheritdoc cref="Of"/>
    public static IPrefixable PrefixOf(nn.Module model, string method) => model as IPrefixable ?? throw Missing(model, method, nameof(IPrefixable));

    public static long WidthOf(nn.Module model, string method)
    {
        return Positive(model, Of(model, method).EmbeddingWidth, $"{nameof(IPromptable)}.{nameof(IPromptable.EmbeddingWidth)}");
    }

    /// <summary>The size of a layer's keys, and the number of layers.</summary>
    public static (long Width, long Layers) PrefixSizesOf(nn.Module model, string method)
    {
        var contract = PrefixOf(model, method);
        return (
            Positive(model, contract.KeyValueHeads, $"{nameof(IPrefixable)}.{nameof(IPrefixable.KeyValueHeads)}")
                * Positive(model, contract.HeadSize, $"{nameof(IPrefixable)}.{nameof(IPrefixable.HeadSize)}"),
            Positive(model, contract.AttentionLayers, $"{nameof(IPrefixable)}.{nameof(IPrefixable.AttentionLayers)}"));
    }

    /// <summary>The embeddings of the vocabulary.</summary>
    /// <exception cref="InvalidOperationException">The model has none, or its shape is another.</exception>
    public static Tensor TableOf(nn.Module model, string method)
    {
        var width = WidthOf(model, method);
        var name = $"{nameof(IPromptable)}.{nameof(IPromptable.TokenEmbeddings)}";
        return Of(model, method).TokenEmbeddings switch
        {
            null => throw new InvalidOperationException(
                $"{model.GetName()}: {name} is null, but the virtual tokens are to start from the vocabulary. Return the embeddings there."),
            var table when table.ndim != 2 || table.shape[1] != width => throw new InvalidOperationException(
                $"{model.GetName()}: {name} is [{string.Join(", ", table.shape)}], expected [vocabulary, {width}]."),
            var table when !table.is_floating_point() => throw new InvalidOperationException(
                $"{model.GetName()}: {name} is {table.dtype}, expected floating-point values."),
            var table => table.detach(),
        };
    }

    private static long Positive(nn.Module model, long size, string name)
    {
        return size > 0 ? size : throw new InvalidOperationException($"{model.GetName()}: {name} is {size}, expected a size of 1 or more.");
    }

    private static InvalidOperationException Missing(nn.Module model, string method, string contract)
    {
        return new InvalidOperationException(
            $"{method} needs a model that implements {contract}, but {model.GetName()} does not. Implement it, and call "
            + $"{nameof(VirtualTokens)}.{nameof(VirtualTokens.Prepend)} in its forward.");
    }
}
