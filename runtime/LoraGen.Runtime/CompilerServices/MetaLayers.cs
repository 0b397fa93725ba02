using System.ComponentModel;
using LoraGen.Meta;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <summary>
/// Runs the intercepted calls of TorchSharp's layer factories: on META while a model is built without weights, otherwise on the requested device. Only
/// generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MetaLayers
{
    /// <summary>Returns the device on which TorchSharp creates a layer.</summary>
    public static Device? DeviceOf(Device? asked) => WithoutWeights.IsOn ? META : asked;

    /// <summary>Returns a layer that TorchSharp has created. If it has no weights yet, they will be created on the requested device.</summary>
    public static TLayer Made<TLayer>(TLayer layer, Device? asked)
        where TLayer : nn.Module
    {
        WithoutWeights.Note(layer, asked);
        return layer;
    }

    /// <summary>Creates an Embedding. TorchSharp creates its weight on the CPU first, so without weights a small one is created and replaced.</summary>
    public static Embedding Embedding(
        long numEmbeddings,
        long embeddingDims,
        long? paddingIndex,
        double? maxNorm,
        double normType,
        bool scaleGradientByFrequency,
        bool sparse,
        Device? device,
        ScalarType? dtype)
    {
        if (!WithoutWeights.IsOn || !IsRow(paddingIndex, numEmbeddings))
            return nn.Embedding(numEmbeddings, embeddingDims, paddingIndex, maxNorm, normType, scaleGradientByFrequency, sparse, device, dtype);

        // A negative index counts from the end of the real table; the small one must have the row too.
        var padding = paddingIndex < 0 ? numEmbeddings + paddingIndex : paddingIndex;
        var embedding = nn.Embedding((padding ?? 0) + 1, 1, padding, maxNorm, normType, scaleGradientByFrequency, sparse, CPU, dtype);
        var small = embedding.parameters().Single();
        embedding.weight = MetaWeight(numEmbeddings, embeddingDims, dtype);
        small.Dispose();
        return Made(embedding, device);
    }

    /// <summary>Creates an EmbeddingBag, in the same way as an Embedding.</summary>
    public static EmbeddingBag EmbeddingBag(
        long numEmbeddings,
        long embeddingDims,
        double? maxNorm,
        double normType,
        bool scaleGradientByFrequency,
        EmbeddingBagMode mode,
        bool sparse,
        bool includeLastOffset,
        long paddingIndex,
        Device? device,
        ScalarType? dtype)
    {
        if (!WithoutWeights.IsOn)
        {
            return nn.EmbeddingBag(
                numEmbeddings, embeddingDims, maxNorm, normType, scaleGradientByFrequency, mode, sparse, includeLastOffset, paddingIndex, device, dtype);
        }

        var rows = Math.Max(paddingIndex, 0) + 1;
        var bag = nn.EmbeddingBag(rows, 1, maxNorm, normType, scaleGradientByFrequency, mode, sparse, includeLastOffset, paddingIndex, CPU, dtype);
        var small = bag.parameters().Single();
        bag.weight = MetaWeight(numEmbeddings, embeddingDims, dtype);
        small.Dispose();
        return Made(bag, device);
    }

    private static bool IsRow(long? index, long rows) => index is null || (index >= -rows && index < rows);

    private static Parameter MetaWeight(long rows, long width, ScalarType? dtype) => new(empty(rows, width, dtype: dtype ?? get_default_dtype(), device: META));
}
