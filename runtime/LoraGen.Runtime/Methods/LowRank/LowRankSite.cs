using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A layer with two small factors, whose scaled product is the change of its weight.</summary>
/// <remarks>
/// On a Linear, A is [rank, in_features] and B [out_features, rank]. On an Embedding, A is [rank, num_embeddings] and initially zero, B is [embedding_dim,
/// rank] and initially normal with standard deviation 1, whatever InitA and InitB are; there is no dropout, and the padding index has no gradient. On a
/// convolution, A is a convolution like the layer but without groups, [rank, in_channels, kernel…], and B one with a kernel of 1, [out_channels, rank / groups,
/// 1…].
/// </remarks>
public abstract class LowRankSite : Site
{
    private protected LowRankSite(LayerFacts facts, BaseLayer layer, LowRankMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype) => Scale = method.Scaling;

    /// <summary>The factor that reads the input. Its first dimension is the rank.</summary>
    public Parameter A => Own[0];

    /// <summary>The factor that writes the output. Its first dimension is the output's.</summary>
    public Parameter B => Own[1];

    /// <summary>The number of rows of A and of columns of B.</summary>
    public int Rank => Options.Rank;

    /// <summary>The numerator of the scaling.</summary>
    public double Alpha => Options.Alpha;

    /// <summary>The factor of B·A.</summary>
    public double Scaling => Options.Scaling;

    /// <summary>The probability with which an input of A is set to zero while the layer is in training mode. It has no effect on an Embedding.</summary>
    public double Dropout => Options.Dropout;

    internal LowRankMethod Options => (LowRankMethod)Method;

    /// <summary>The scaling as a scalar.</summary>
    internal Scalar Scale { get; private set; }

    /// <summary>Returns scaling · B·A as a new tensor in the shape of the layer's weight and in the type of A and B.</summary>
    internal Tensor Product()
    {
        using var product = Layer.Product(Path, A, B);
        return product.mul(Scale);
    }

    internal override void ShareWith(Site first)
    {
        base.ShareWith(first);
        Scale = Options.Scaling;
    }
}
