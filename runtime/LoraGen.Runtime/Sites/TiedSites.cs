using LoraGen.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// The sites of a model after shared weights are resolved. Of several targeted layers with the same weight, the first keeps its site, which acts on the other
/// layers too. A site whose weight is shared with an untargeted layer, or with one of another kind, is marked by <see cref="Site.TiedTo"/>.
/// </summary>
internal sealed record TiedSites(IReadOnlyList<Site> Sites, IReadOnlyList<(BaseLayer Layer, Site Site)> Hooked, long BaseParameters)
{
    /// <summary>Resolves the shared weights. It marks parameters meanwhile, so no call of the model may be running.</summary>
    public static TiedSites Resolve(SiteCollector collected)
    {
        var groups = SharedParameters.Group([.. collected.Modules.SelectMany(entry => Of(entry.Path, entry.Module))]);
        var siteOf = new Dictionary<nn.Module, Site>(ReferenceEqualityComparer.Instance);
        foreach (var site in collected.Sites)
            siteOf.Add(site.Module, site);

        foreach (var group in groups.Where(group => group.Count > 1))
            Tie(group, siteOf);

        return new TiedSites(
            [.. siteOf.Values.Distinct()],
            [.. collected.Sites.Select(site => (site.Layer, siteOf[site.Module]))],
            groups.Sum(group => group[0].Parameter.NumberOfElements) + collected.Layers.Sum(layer => layer.UnregisteredElements));
    }

    private static IEnumerable<BaseParameter> Of(string path, nn.Module module)
    {
        return module.named_parameters(recurse: false).Select(named => new BaseParameter(path, module, named.name, named.parameter));
    }

    private static void Tie(IReadOnlyList<BaseParameter> group, Dictionary<nn.Module, Site> siteOf)
    {
        var first = group.Select(SiteOf).FirstOrDefault(site => site is not null);
        if (first is null)
            return;

        foreach (var parameter in group)
        {
            if (SiteOf(parameter) is not { } site)
                first.TiedTo = parameter.Path;
            else if (!ReferenceEquals(site, first) && first.Method.SharesParameters(site.Layer, first.Layer))
                Replace(parameter, site, first, siteOf);
            else if (!ReferenceEquals(site, first))
                (first.TiedTo, site.TiedTo) = (parameter.Path, group.First(each => SiteOf(each) == first).Path);
        }

        // Returns the site whose weight the parameter is, but not one whose bias it is.
        Site? SiteOf(BaseParameter parameter)
        {
            return siteOf.GetValueOrDefault(parameter.Module) is { } site && site.Layer.IsWeight(parameter) ? site : null;
        }
    }

    private static void Replace(BaseParameter parameter, Site site, Site first, Dictionary<nn.Module, Site> siteOf)
    {
        siteOf[parameter.Module] = first;
        first.AddAlias(site.Path);
        site.ShareWith(first);
    }
}
