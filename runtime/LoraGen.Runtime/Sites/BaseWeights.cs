namespace LoraGen.Sites;

/// <summary>A layer's weight and bias without any adapter, even while adapters are merged into them.</summary>
internal static class BaseWeights
{
    /// <summary>Returns the base weight and bias of the site's layer.</summary>
    public static LayerWeights Of(Site site)
    {
        return MergedWeight.OriginalOf(site) ?? new LayerWeights(site.State.Reparametrization?.Original ?? site.Layer.Weight!, site.Layer.Bias);
    }

    /// <summary>Whether the layer's weight currently contains the contribution of an adapter.</summary>
    public static bool AreChanged(Site site)
    {
        return MergedWeight.OriginalOf(site) is not null || site.State.Reparametrization?.Original is not null;
    }
}
