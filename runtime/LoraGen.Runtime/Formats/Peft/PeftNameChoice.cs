using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>What names in PEFT's <c>modules_to_save</c> select in a model.</summary>
/// <param name="All">All modules, under each of their paths.</param>
/// <param name="Sites">The paths of the adapted layers.</param>
/// <param name="Inner">The paths of the modules that PEFT adds to adapted layers.</param>
/// <param name="Trained">The paths of the trained modules that have parameters or buffers.</param>
internal sealed record PeftNameChoice(
    IReadOnlyList<(string Path, nn.Module Module)> All, IReadOnlyList<string> Sites, IReadOnlyList<string> Inner, HashSet<string> Trained)
{
    /// <summary>The whole path, unless it selects something else that the last name with its dot does not.</summary>
    public string NameOf(string path)
    {
        var last = path[Math.Max(path.LastIndexOf('.'), 0)..];
        return IsExact([path]) || !IsExact([last]) ? path : last;
    }

    /// <summary>Whether names select nothing but what is trained.</summary>
    public bool IsExact(string[] names) => CountOthers(names) == 0 && Fault(names) is null;

    /// <summary>The number of modules with parameters or buffers that are selected, but not trained.</summary>
    public int CountOthers(string[] names)
    {
        return All.Count(
            entry => !Trained.Contains(entry.Path)
                && PeftNames.IsWithin(entry.Path, path => PeftNames.Meet(names, path))
                && PeftHeldModules.HasState(entry.Module));
    }

    /// <summary>Why PEFT can't load a file with these names, and the solution; null if it can.</summary>
    public string? Fault(string[] names)
    {
        var selected = All.Where(entry => PeftNames.Meet(names, entry.Path)).ToArray();
        foreach (var (path, module) in selected.Where(entry => PeftHeldModules.IsContainer(entry.Module)))
        {
            var kind = module.GetType().Name.Split('`')[0];
            return names.Contains(path)
                ? $"can't name a {kind}. Put [Trainable] on the module that contains it"
                : $"{Ends(names, path)}, a {kind}, which it refuses. Rename one of them";
        }

        if (Inner.FirstOrDefault(path => PeftNames.Meet(names, path)) is { } own)
            return $"{Ends(names, own)}, a module of PEFT itself. Rename the member";
        foreach (var (path, _) in selected)
        {
            if (Sites.FirstOrDefault(site => IsIn(site, path) || IsIn(path, site)) is { } site)
                return $"{Ends(names, path)}, {(path == site ? "which is adapted" : $"and {site} is adapted")}. Rename one of them, or exclude {site}";
        }

        if (Excluded(names) is { } excluded)
            return $"takes a name as a regular expression, which excludes {excluded} from the targets. Rename one of them, or exclude {excluded}";
        if (selected.Select(entry => entry.Path).FirstOrDefault(path => selected.Any(outer => outer.Path != path && IsIn(path, outer.Path))) is { } nested)
            return $"{Ends(names, nested)}, which is in another selected module. Rename one of them";
        return null;
    }

    private static bool IsIn(string path, string outer) => path == outer || path.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string Ends(string[] names, string path)
    {
        return $"selects every path that ends with \"{names.First(name => path.EndsWith(name, StringComparison.Ordinal))}\", also {path}";
    }

    // PEFT adapts no layer within a module that a name selects at dots, and takes the name as a regular expression there.
    private string? Excluded(string[] names)
    {
        foreach (var name in names)
        {
            try
            {
                var regex = new Regex($@"^(?:.*\.)?(?:{name})(?:$|\..*)", RegexOptions.CultureInvariant);
                if (Sites.FirstOrDefault(regex.IsMatch) is { } site)
                    return site;
            }
            catch (ArgumentException)
            {
                return Sites[0];
            }
        }

        return null;
    }
}
