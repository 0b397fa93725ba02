using System.ComponentModel;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>
/// Where intercepted calls of TorchSharp's layer factories get their device: META while a model is built without weights, else the one that was asked for.
/// Not for use by hand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MetaLayers
{
    /// <summary>The device of a layer that TorchSharp makes in place.</summary>
    public static Device? DeviceOf(Device? asked) => WithoutWeights.IsOn ? META : asked;

    /// <summary>The layer that TorchSharp has made in place; its weights, if it was made without, will be on the device that was asked for.</summary>
    public static TLayer Made<TLayer>(TLayer layer, Device? asked)
        where TLayer : nn.Module
    {
        WithoutWeights.Note(layer, asked);
        return layer;
    }

    /// <summary>An Embedding; TorchSharp makes the weight on the CPU first, so without weights a small one is replaced.</summary>
    public static Embedding Embedding(
        long num_embeddings,
        long embedding_dims,
        long? padding_idx,
        double? max_norm,
        double norm_type,
        bool scale_grad_by_freq,
        bool sparse,
        Device? device,
        ScalarType? dtype)
    {
        if (!WithoutWeights.IsOn || !IsRow(padding_idx, num_embeddings))
            return nn.Embedding(num_embeddings, embedding_dims, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, device, dtype);

        // A negative index counts from the end of the real table; the small one must have the row too.
        var padding = padding_idx < 0 ? num_embeddings + padding_idx : padding_idx;
        var embedding = nn.Embedding((padding ?? 0) + 1, 1, padding, max_norm, norm_type, scale_grad_by_freq, sparse, CPU, dtype);
        var small = embedding.parameters().Single();
        embedding.weight = MetaWeight(num_embeddings, embedding_dims, dtype);
        small.Dispose();
        return Made(embedding, device);
    }

    /// <summary>An EmbeddingBag, made as an Embedding is.</summary>
    public static EmbeddingBag EmbeddingBag(
        long num_embeddings,
        long embedding_dims,
        double? max_norm,
        double norm_type,
        bool scale_grad_by_freq,
        EmbeddingBagMode mode,
        bool sparse,
        bool include_last_offset,
        long padding_index,
        Device? device,
        ScalarType? dtype)
    {
        if (!WithoutWeights.IsOn)
        {
            return nn.EmbeddingBag(
                num_embeddings, embedding_dims, max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index, device, dtype);
        }

        var rows = Math.Max(padding_index, 0) + 1;
        var bag = nn.EmbeddingBag(rows, 1, max_norm, norm_type, scale_grad_by_freq, mode, sparse, include_last_offset, padding_index, CPU, dtype);
        var small = bag.parameters().Single();
        bag.weight = MetaWeight(num_embeddings, embedding_dims, dtype);
        small.Dispose();
        return Made(bag, device);
    }

    private static bool IsRow(long? index, long rows) => index is null || (index >= -rows && index < rows);

    private static Parameter MetaWeight(long rows, long width, ScalarType? dtype) => new(empty(rows, width, dtype: dtype ?? get_default_dtype(), device: META));
}
