using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA on a linear layer: y ← y + scaling · B(A(dropout(x))). A is [rank, in_features], B [out_features, rank].</summary>
public sealed class LoraLinear : LoraSite
{
    internal LoraLinear(string path, LinearLayer layer, LoraMethod method, ScalarType? dtype)
        : base(path, layer, method, dtype)
    {
        _inFeatures = layer.Facts.Inputs;
    }

    private readonly long _inFeatures;

    /// <summary>scaling · B·A: [out_features, in_features], in the type of A and B. A new tensor.</summary>
    public override Tensor Delta()
    {
        using var product = B.matmul(A);
        return product.mul(Scale);
    }

    internal override Tensor Forward(nn.Module module, Tensor input, Tensor output)
    {
        EnsureSameDevice(input);
        using var hidden = Hidden(module, input);
        using var columns = B.t();
        return RowSum.Add(output, hidden, columns);
    }

    /// <summary>scaling · A(dropout(x)), one row a token: [tokens, rank]. The scaling is applied here, where it is cheapest.</summary>
    private Tensor Hidden(nn.Module module, Tensor input)
    {
        using var prepared = Prepared(module, input);
        using var rows = (prepared ?? input).reshape(-1, _inFeatures);
        return nn.functional.linear(rows, A).mul_(Scale);
    }
}
