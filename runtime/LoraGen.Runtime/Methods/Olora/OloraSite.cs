using static TorchSharp.torch;

namespace LoraGen;

/// <summary>OLoRA on a layer: LoRA that starts from the QR decomposition of the weight, minus this start.</summary>
public sealed class OloraSite : WeightStartSite
{
    internal OloraSite(LayerFacts facts, BaseLayer layer, OloraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }
}
