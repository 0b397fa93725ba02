using LoraGen.Layers;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// LoftQ: a quantised weight Q and a product scaling · B·A that together are near the float weight W. Alternately Q = q(W - scaling · B·A), and A and B are the
/// principal singular vectors of W - Q with the roots of their singular values.
/// </summary>
/// <remarks>
/// Li et al. 2023, arXiv:2310.08659, algorithm 1. PEFT's implementation has no scaling in the product, so that it is right for a scaling of 1.
/// </remarks>
internal static class LoftqStart
{
    /// <summary>Quantises the layer's weight and sets A and B.</summary>
    /// <param name="site">A site of a float Linear.</param>
    /// <param name="options">The format.</param>
    /// <param name="iterations">The number of iterations.</param>
    public static void Fill(LowRankSite site, BaseQuantization options, int iterations)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var layer = (LinearLayer)site.Layer;
        var live = layer.Weight!;
        var weight = live.to(ScalarType.Float32);
        site.A.zero_();
        site.B.zero_();
        QuantizedWeight? quantized = null;
        for (var i = 0; i < iterations; i++)
        {
            using var inner = NewDisposeScope();
            quantized?.Dispose();
            quantized = QuantizedWeight.Of(site.Path, weight - site.Product().to(ScalarType.Float32), options, live.dtype);
            var (u, s, vh) = linalg.svd(weight - quantized.Dequantize(ScalarType.Float32), fullMatrices: false);
            var root = s.narrow(0, 0, site.Rank).div(site.Scale).sqrt();
            site.A.copy_(vh.narrow(0, 0, site.Rank) * root.view(-1, 1));
            site.B.copy_(u.narrow(1, 0, site.Rank) * root);
        }

        QuantizedLayer.Set(site.Path, layer, quantized!);
    }
}
