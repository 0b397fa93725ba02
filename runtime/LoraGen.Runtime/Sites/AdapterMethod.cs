using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A way to adapt layers, with its options: the base of <see cref="LoraMethod"/>. Its one task is to make a site of a layer that it can adapt.
/// </summary>
public abstract record AdapterMethod
{
    private protected AdapterMethod()
    {
    }

    /// <summary>Which biases of the base model train beside the sites.</summary>
    public LoraBias Bias { get; init; }

    /// <summary>Throws when the options can't work.</summary>
    /// <param name="place">What the options belong to, as messages name it.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal abstract void Validate(string place);

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

    /// <summary>Elements of the parameters of such a site.</summary>
    internal abstract long CountTrainable(string path, LayerShape layer);
}
