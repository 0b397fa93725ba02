using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>A layer's weight and bias without any adapter, even while adapters are merged into them.</summary>
internal static class BaseWeights
{
    /// <summary>Returns the base weight and bias of the site's layer. A quantised weight is a new tensor of the caller's dispose scope.</summary>
    public static LayerWeights Of(Site site)
    {
        return MergedWeight.OriginalOf(site)
            ?? new LayerWeights(site.State.Quantized?.Weight.Dequantize() ?? site.State.Reparametrization?.Original ?? site.Layer.Weight!, site.Layer.Bias);
    }

    /// <summary>Returns the base bias of one of the site's layers: layers that share the weight have biases of their own. Null if it has none.</summary>
    public static Tensor? BiasOf(Site site, BaseLayer layer) => MergedWeight.OriginalBiasOf(site, layer);

    /// <summary>Returns the base weight of the site's layer, from which the site's parameters start.</summary>
    /// <exception cref="InvalidOperationException">It has values that are not finite.</exception>
    public static Tensor FiniteWeightOf(Site site)
    {
        var weight = Of(site).Weight;
        using var isFinite = weight.isfinite();
        using var areAll = isFinite.all();
        return areAll.item<bool>()
            ? weight
            : throw new InvalidOperationException(
                $"{site.Path}: the base model's weight has values that are not finite, and {site.Method.Label} starts from it. Check the model's checkpoint.");
    }

    /// <summary>Returns the product of an input and the base weight, without the bias. A new tensor.</summary>
    public static Tensor Apply(Site site, BaseLayer layer, Tensor input)
    {
        return QuantizedLayer.Of(layer.Module) is { } quantized
            ? QuantizedProduct.Of(site.Path, input, quantized.Weight, null)
            : layer.Apply(input, Of(site).Weight);
    }

    /// <summary>Whether the layer's weight currently contains the contribution of an adapter.</summary>
    public static bool AreChanged(Site site)
    {
        return MergedWeight.OriginalOf(site) is not null || site.State.Reparametrization?.Original is not null;
    }
}
