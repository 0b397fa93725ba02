using static TorchSharp.torch;

namespace LoraGen;

/// <summary>PiSSA on a layer: LoRA that starts from the weight's principal singular vectors, minus this start.</summary>
public sealed class PissaSite : WeightStartSite
{
    internal PissaSite(LayerFacts facts, BaseLayer layer, PissaMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }
}
