using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <content>Modules of which a selective method trains parameters.</content>
public sealed partial class SiteCollector
{
    /// <summary>The modules that the attribute selects, with parameters or buffers of their own, in the order of the model's state_dict.</summary>
    /// <exception cref="InvalidOperationException">A target matches no module.</exception>
    internal IReadOnlyList<(string Path, nn.Module Module)> SelectModules(string adapter)
    {
        string[] paths = [.. _paths.Keys.Where(path => path.Length > 0)];
        _targets.EnsureEachMatches(adapter, paths, "module");
        string[] selected = [.. _paths.Keys.Where(IsSelected)];
        _indices.EnsureEachMatches(adapter, _targets, paths, selected);
        var modules = selected.Select(path => _paths[path]).ToHashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        return [.. _modules.Where(entry => modules.Contains(entry.Module) && !_ignored.Contains(entry.Module) && HasState(entry.Module))];
    }

    /// <summary>Throws for each target that selects modules, but nothing to train in them.</summary>
    internal void EnsureEachSelects(string adapter, IReadOnlyCollection<string> modules, string trained) =>
        _targets.EnsureEachSelects(adapter, modules, trained);

    private static bool HasState(nn.Module module)
    {
        return module.named_parameters(recurse: false).Any() || module.named_buffers(recurse: false).Any();
    }

    private bool IsSelected(string path) => _targets.ContainsWithin(path) && _indices.Contain(path);
}
