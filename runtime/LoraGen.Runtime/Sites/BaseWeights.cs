namespace LoraGen;

/// <summary>What a layer has without any adapter, also while some are in its weight.</summary>
internal static class BaseWeights
{
    /// <summary>The base weight and bias of the site's layer.</summary>
    public static LayerWeights Of(Site site)
    {
        return MergedWeight.OriginalOf(site) ?? new LayerWeights(site.State.Reparametrization?.Original ?? site.Layer.Weight!, site.Layer.Bias);
    }

    /// <summary>Whether the layer's weight holds the contribution of an adapter now.</summary>
    public static bool AreChanged(Site site)
    {
        return MergedWeight.OriginalOf(site) is not null || site.State.Reparametrization?.Original is not null;
    }
}
