using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>VeRA on a Linear: y ← y + λ_b ⊙ B(λ_d ⊙ A(dropout(x))), where only λ_b and λ_d train.</summary>
public sealed class VeraSite : Site
{
    internal VeraSite(LayerFacts facts, BaseLayer layer, VeraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>λ_b, the factors of the outputs: [out]. They start at zero.</summary>
    public Parameter LambdaB => Own[0];

    /// <summary>λ_d, the factors of the rank's dimensions: [rank]. They start at <see cref="VeraMethod.DInitial"/>.</summary>
    public Parameter LambdaD => Own[1];

    /// <summary>
    /// The frozen projection that reads the input, one for all sites of the adapter: [rank, largest number of inputs]. A layer uses the first columns.
    /// </summary>
    public Parameter A => Shared![0];

    /// <summary>
    /// The frozen projection that writes the output, one for all sites of the adapter: [largest number of outputs, rank]. A layer uses the first rows.
    /// </summary>
    public Parameter B => Shared![1];

    /// <summary>The number of rows of A and of columns of B.</summary>
    public int Rank => ((VeraMethod)Method).Rank;

    /// <summary>
    /// Returns the change of the layer's weight, (λ_b ⊙ B)·(λ_d ⊙ A), as a new tensor in the weight's shape and in the type of λ_b and λ_d.
    /// </summary>
    public Tensor Delta()
    {
        using var a = Down();
        using var ofRank = LambdaD.unsqueeze(1);
        using var scaledA = a.mul(ofRank);
        using var b = Up();
        using var ofOutputs = LambdaB.unsqueeze(1);
        using var scaledB = b.mul(ofOutputs);
        return Layer.Product(Path, scaledA, scaledB);
    }

    /// <summary>Returns this layer's part of A, [rank, in].</summary>
    internal Tensor Down() => Part(A, 1, Facts.Inputs);

    /// <summary>Returns this layer's part of B, [out, rank].</summary>
    internal Tensor Up() => Part(B, 0, Facts.Outputs);

    // The layers of a model may have several types and devices, and the projections have those of the first.
    private Tensor Part(Tensor projection, long dimension, long size)
    {
        var part = projection.narrow(dimension, 0, size);
        var like = LambdaB;
        if (part.dtype == like.dtype && part.device_type == like.device_type && part.device_index == like.device_index)
            return part;
        using (part)
            return part.to(like.dtype, like.device);
    }
}
