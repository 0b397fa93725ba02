using LoraGen.Sites;

namespace LoraGen;

/// <summary>A call of an adapted layer.</summary>
/// <param name="Site">The site, with the parameters.</param>
/// <param name="Layer">The called layer: the site's own, or another one with the same weight.</param>
/// <param name="IsFirst">Whether no other adapter acts on the call before this one.</param>
public readonly record struct LayerCall(Site Site, BaseLayer Layer, bool IsFirst)
{
    /// <summary>Whether the layer is in training mode.</summary>
    public bool IsTraining => Layer.Module.training;

    /// <summary>Whether the method receives the base layer's own output: no other adapter has changed it, in the call or in the weight.</summary>
    internal bool OutputIsBase => IsFirst && !BaseWeights.AreChanged(Site);
}
