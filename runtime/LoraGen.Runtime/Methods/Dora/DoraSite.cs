using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>DoRA on a layer: its weight becomes Magnitude ⊙ (W + scaling · B·A) / ‖W + scaling · B·A‖, with the norm of each output's row.</summary>
public sealed class DoraSite : LowRankSite
{
    internal DoraSite(LayerFacts facts, BaseLayer layer, DoraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>The norm of each output's row of the changed weight: [out], on a convolution [1, out, 1…]. The initial values are the base weight's.</summary>
    public Parameter Magnitude => Own[2];
}
