using System.Collections;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>What trains beside the sites.</content>
public sealed partial class SiteCollector
{
    private readonly List<string> _trained = [];
    private readonly List<(string Path, nn.Module Module)> _trainedModules = [];
    private readonly Dictionary<nn.Module, LoraBias> _biases = new(ReferenceEqualityComparer.Instance);

    /// <summary>Paths of the modules that train whole.</summary>
    internal IReadOnlyList<string> Trained => _trained;

    /// <summary>They and every module in them.</summary>
    internal IReadOnlyList<(string Path, nn.Module Module)> TrainedModules => _trainedModules;

    /// <summary>Which biases were asked for at each adapted layer.</summary>
    internal IReadOnlyDictionary<nn.Module, LoraBias> Biases => _biases;

    /// <summary>Keeps a module and all in it out of the sites: its parameters train themselves.</summary>
    public void Train(string path, nn.Module? module)
    {
        if (module is null)
        {
            throw new InvalidOperationException(
                $"{path} has [Trainable], but no module stands there: the member is null, or is not registered (RegisterComponents).");
        }

        var before = _trainedModules.Count;
        TrainAll(path, module);
        if (!_trainedModules.Skip(before).SelectMany(entry => entry.Module.named_parameters(recurse: false)).Any())
            throw new InvalidOperationException($"{path} has [Trainable], but nothing that could train: it is a module without parameters.");

        _trained.Add(path);
    }

    /// <summary>The same for each module of a collection that is not registered.</summary>
    public void TrainLoose(string path, IEnumerable? modules)
    {
        foreach (var (key, item) in LooseItems.Of(modules))
        {
            if (item is IEnumerable nested and not nn.Module)
                TrainLoose($"{path}.{key}", nested);
            else
                Train($"{path}.{key}", item as nn.Module);
        }
    }

    private void TrainAll(string path, nn.Module module)
    {
        if (!_ignored.Add(module))
            return;
        if (_met.GetValueOrDefault(module) is { } site)
        {
            throw new InvalidOperationException(
                $"{path} has [Trainable], but it is the layer that is adapted as {site.Path}. Put [Trainable] there too, or take it away.");
        }

        Meet(path, module);
        _trainedModules.Add((path, module));
        foreach (var (name, child) in module.named_children())
            TrainAll($"{path}.{Clean(name)}", child);
    }
}
