using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>AdaLoRA on a layer: y ← y + scaling · B(E ⊙ A(dropout(x))).</summary>
/// <remarks>
/// A is [initial rank, in], on a convolution [initial rank, in · kernel]; B is [out, initial rank]. A row of A, an entry of E and a column of B are a triplet,
/// one rank of the layer.
/// </remarks>
public sealed class AdaLoraSite : Site
{
    private double _scaling;
    private bool[]? _kept;

    internal AdaLoraSite(LayerFacts facts, BaseLayer layer, AdaLoraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype) => _scaling = method.Scaling;

    /// <summary>The rows that read the input, near orthogonal. They start at N(0, 0.02²).</summary>
    public Parameter A => Own[0];

    /// <summary>The columns that write the output, near orthogonal. They start at N(0, 0.02²).</summary>
    public Parameter B => Own[1];

    /// <summary>The weights of the triplets, [initial rank, 1]. They start at zero, and those that are taken away are set to zero.</summary>
    public Parameter E => Own[2];

    /// <summary>The factor of B·diag(E)·A.</summary>
    public double Scaling => _scaling;

    /// <summary>Which triplets are left, as of the last step in which ranks were taken away. Before it all are.</summary>
    public IReadOnlyList<bool> IsKept => _kept ?? [.. Enumerable.Repeat(true, Options.InitialRank)];

    /// <summary>The number of triplets that are left.</summary>
    public int Rank => IsKept.Count(isKept => isKept);

    /// <summary>Returns the change of the layer's weight, scaling · B·diag(E)·A, as a new tensor in the weight's shape and in the type of A and B.</summary>
    public Tensor Delta()
    {
        using var a = ScaledA();
        using var b = UpB();
        return Layer.Product(Path, a, b);
    }

    internal AdaLoraMethod Options => (AdaLoraMethod)Method;

    /// <summary>Whether ranks were taken away, or were missing in the file that was loaded.</summary>
    internal bool HasPattern => _kept is not null;

    /// <summary>scaling · diag(E)·A in the shape of the layer's first factor.</summary>
    internal Tensor ScaledA()
    {
        using var weighted = A * E;
        using var scaled = weighted.mul_(_scaling);
        return scaled.view([Options.InitialRank, Facts.Inputs, .. Facts.Kernel]);
    }

    /// <summary>B in the shape of the layer's second factor.</summary>
    internal Tensor UpB() => B.view([Facts.Outputs, Options.InitialRank, .. Facts.Kernel.Select(_ => 1L)]);

    /// <summary>Sets which triplets are left; null for all, as at the start.</summary>
    internal void Keep(bool[]? kept) => _kept = kept;

    /// <summary>The triplets that are in a file: what is left, and what has grown since.</summary>
    internal bool[]? Written()
    {
        if (_kept is null)
            return null;

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var nonZero = E.ne(0).flatten().cpu().data<bool>().ToArray();
        return [.. _kept.Zip(nonZero, (isKept, isNonZero) => isKept || isNonZero)];
    }

    internal override void ShareWith(Site first)
    {
        base.ShareWith(first);
        _scaling = Options.Scaling;
    }
}
