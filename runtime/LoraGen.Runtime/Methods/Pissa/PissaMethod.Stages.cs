using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The start from the principal singular vectors.</content>
public sealed partial record PissaMethod
{
    private static readonly WeightStartPeft Files = new("PiSSA", "pissa", PeftInit.IsPissa);

    private protected override WeightStartPeft ResidualForm => Files;

    private protected override (Tensor A, Tensor B) Factors(Tensor weight)
    {
        var (u, s, vh) = linalg.svd(weight, fullMatrices: false);
        var root = s.narrow(0, 0, Rank).mul(1 / Scaling).sqrt();
        return (vh.narrow(0, 0, Rank) * root.view(-1, 1), u.narrow(1, 0, Rank) * root);
    }

    private protected override WeightStartSite NewStartSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return new PissaSite(facts, layer, this, dtype);
    }
}
