namespace LoraGen;

/// <content>Its answer, as an attached adapter would give it.</content>
public sealed partial class SiteCounter
{
    /// <summary>The count, when everything is handed over.</summary>
    /// <param name="adapter">The adapter, as messages name it.</param>
    /// <exception cref="InvalidOperationException">A target meets no layer, or none is adapted: attaching would throw.</exception>
    public ParameterCount Count(string adapter)
    {
        var (trainable, total, sites) = CountElements(adapter);
        return new ParameterCount(trainable, total) { Sites = [.. sites.Select(site => new SiteCount(site.Path, site.Trainable))] };
    }
}
