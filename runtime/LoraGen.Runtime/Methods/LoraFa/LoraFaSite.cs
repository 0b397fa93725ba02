using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA-FA on a layer: y ← y + scaling · B(A(dropout(x))), where only B trains.</summary>
public sealed class LoraFaSite : LowRankSite
{
    internal LoraFaSite(LayerFacts facts, BaseLayer layer, LoraFaMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>Returns the change of the layer's weight, scaling · B·A, as a new tensor in the weight's shape and in the type of A and B.</summary>
    public Tensor Delta() => Product();
}
