using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA on a layer: y ← y + scaling · B(A(dropout(x))).</summary>
public sealed class LoraSite : LowRankSite
{
    internal LoraSite(LayerFacts facts, BaseLayer layer, LoraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>
    /// The bias on B, [out], whose scaled value is added to the layer's output; null without <see cref="LoraMethod.BiasB"/>. It starts at zero.
    /// </summary>
    public Parameter? BiasB => ((LoraMethod)Method).BiasB ? Own[2] : null;

    /// <summary>Returns the change of the layer's weight, scaling · B·A, as a new tensor in the weight's shape and in the type of A and B.</summary>
    /// <exception cref="InvalidOperationException">The layer has groups, and a group's output reads channels of another group by A.</exception>
    public Tensor Delta() => Product();
}
