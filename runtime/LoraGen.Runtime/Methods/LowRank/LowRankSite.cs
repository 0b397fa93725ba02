using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A layer with two small factors whose scaled product is what its weight changes by.</summary>
/// <remarks>
/// On a Linear A is [rank, in_features] and B [out_features, rank]. On an Embedding A is [rank, num_embeddings] and starts at zero, B is [embedding_dim, rank]
/// and starts normal with deviation 1, whatever InitA and InitB say; there is no dropout, and the padding index has no gradient. On a convolution A is one
/// that moves as the layer does, without groups, [rank, in_channels, kernel…], and B one with a kernel of 1, [out_channels, rank / groups, 1…].
/// </remarks>
public abstract class LowRankSite : Site
{
    private protected LowRankSite(LayerFacts facts, BaseLayer layer, LowRankMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype) => Scale = method.Scaling;

    /// <summary>The factor that reads the input. Its first dimension is the rank.</summary>
    public Parameter A => Own[0];

    /// <summary>The factor that writes the output. Its first dimension is the output's.</summary>
    public Parameter B => Own[1];

    /// <summary>Rows of A and columns of B.</summary>
    public int Rank => Options.Rank;

    /// <summary>Numerator of the scaling.</summary>
    public double Alpha => Options.Alpha;

    /// <summary>What B·A is multiplied by.</summary>
    public double Scaling => Options.Scaling;

    /// <summary>Probability with which an input of A is zeroed while the layer is in training mode; an Embedding has no such input.</summary>
    public double Dropout => Options.Dropout;

    internal LowRankMethod Options => (LowRankMethod)Method;

    /// <summary>The scaling, as tensors are multiplied by it.</summary>
    internal Scalar Scale { get; private set; }

    /// <summary>scaling · B·A in the shape of the layer's weight and in the type of A and B. A new tensor.</summary>
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
