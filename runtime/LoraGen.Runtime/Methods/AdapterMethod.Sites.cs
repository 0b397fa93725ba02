using static TorchSharp.torch;

namespace LoraGen;

/// <content>How it makes sites.</content>
public abstract partial record AdapterMethod
{
    /// <summary>Makes the site's parameters, on the layer's device; nothing is hooked yet.</summary>
    internal Site CreateSite(string path, BaseLayer layer, ScalarType? dtype)
    {
        return layer switch
        {
            LinearLayer linear => OnLinear(path, linear, dtype),
            EmbeddingLayer embedding => OnEmbedding(path, embedding, dtype),
            ConvolutionLayer convolution => OnConvolution(path, convolution, dtype),
            _ => throw Lacks(path, layer),
        };
    }

    private protected virtual Site OnLinear(string path, LinearLayer layer, ScalarType? dtype) => throw Lacks(path, layer);

    private protected virtual Site OnEmbedding(string path, EmbeddingLayer layer, ScalarType? dtype) => throw Lacks(path, layer);

    private protected virtual Site OnConvolution(string path, ConvolutionLayer layer, ScalarType? dtype) => throw Lacks(path, layer);

    private NotSupportedException Lacks(string path, BaseLayer layer)
    {
        return new NotSupportedException(
            $"{path}: it is a layer of kind {layer.Kind}, which {GetType().Name} can't adapt. Leave it out of the targets, or adapt it by another method.");
    }
}
