using static TorchSharp.torch;

namespace LoraGen;

/// <content>The sites that it makes.</content>
public sealed partial record LoraMethod
{
    private protected override Site OnLinear(string path, LinearLayer layer, ScalarType? dtype)
    {
        EnsureReparametrizable(path, layer);
        return new LoraLinear(path, layer, this, dtype);
    }

    private protected override Site OnEmbedding(string path, EmbeddingLayer layer, ScalarType? dtype)
    {
        EnsureReparametrizable(path, layer);
        return new LoraEmbedding(path, layer, this, dtype);
    }

    private protected override Site OnConvolution(string path, ConvolutionLayer layer, ScalarType? dtype)
    {
        EnsureReparametrizable(path, layer);
        EnsureDivisible(path, layer.Kind, layer.Facts.Groups);
        return new LoraConvolution(path, layer, this, dtype);
    }

    private void EnsureReparametrizable(string path, BaseLayer layer)
    {
        if (Reparametrize && layer.Module is not TorchSharp.Modules.Linear)
            throw new ArgumentException($"{path}: Reparametrize sets the weight of TorchSharp's Linear, but this is a {layer.Kind}.");
    }
}
