using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The start from the QR decomposition.</content>
public sealed partial record OloraMethod
{
    private static readonly WeightStartPeft Files = new("OLoRA", "olora", PeftInit.IsOlora);

    private protected override WeightStartPeft ResidualForm => Files;

    private protected override (Tensor A, Tensor B) Factors(Tensor weight)
    {
        var (q, r) = linalg.qr(weight);
        return (r.narrow(0, 0, Rank), q.narrow(1, 0, Rank));
    }

    private protected override WeightStartSite NewStartSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return new OloraSite(facts, layer, this, dtype);
    }
}
