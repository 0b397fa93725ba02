using LoraGen.Targets;

namespace LoraGen;

/// <summary>Finds a site by its path or by one of its aliases.</summary>
internal static class SiteLookup
{
    public static Site Find(IReadOnlyList<Site> sites, string path, string adapter)
    {
        ArgumentNullException.ThrowIfNull(path);
        return sites.FirstOrDefault(site => site.Path == path || site.Aliases.Contains(path))
            ?? throw new KeyNotFoundException(
                $"Adapter \"{adapter}\" has no site \"{path}\". Nearest: {string.Join(", ", ClosestNames.Of(path, sites.Select(site => site.Path)))}.");
    }
}
