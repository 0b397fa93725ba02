using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <content>What is no site: modules that are ignored, and those that train whole.</content>
public sealed partial class SiteCollector
{
    private readonly HashSet<nn.Module> _ignored = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _trained = [];
    private readonly List<(string Path, nn.Module Module)> _trainedModules = [];
    private readonly Dictionary<nn.Module, LoraBias> _biases = new(ReferenceEqualityComparer.Instance);

    /// <summary>Paths of the modules that train whole.</summary>
    internal IReadOnlyList<string> Trained => _trained;

    /// <summary>They and every module in them.</summary>
    internal IReadOnlyList<(string Path, nn.Module Module)> TrainedModules => _trainedModules;

    /// <summary>Which biases were asked for at each adapted layer.</summary>
    internal IReadOnlyDictionary<nn.Module, LoraBias> Biases => _biases;

    private void Ignore(string path, nn.Module module) => Leave(path, module, "is ignored", "[LoraIgnore]", static (_, _) => { });

    private void Train(string path, nn.Module module)
    {
        if (_ignored.Contains(module))
            return;

        var before = _trainedModules.Count;
        Leave(path, module, "has [Trainable]", "[Trainable]", (inner, child) => _trainedModules.Add((inner, child)));
        if (!_trainedModules.Skip(before).SelectMany(entry => entry.Module.named_parameters(recurse: false)).Any())
            throw new InvalidOperationException($"{path} has [Trainable], but nothing that could train: it is a module without parameters.");

        _trained.Add(path);
    }

    private static InvalidOperationException NothingToTrain(string path) => new(
        $"{path} has [Trainable], but no module stands there: the member is null, or is not registered (RegisterComponents).");

    // Keeps a module and all in it out of the sites.
    private void Leave(string path, nn.Module module, string how, string attribute, Action<string, nn.Module> take)
    {
        _paths.TryAdd(path, module);
        if (!_ignored.Add(module))
            return;
        if (_visited.GetValueOrDefault(module) is { } site)
            throw new InvalidOperationException($"{path} {how}, but it is the layer that is adapted as {site.Path}. Put {attribute} there too, or take it away.");

        Remember(path, module);
        take(path, module);
        foreach (var (name, child) in module.named_children())
            Leave($"{path}.{Clean(name)}", child, how, attribute, take);
    }
}
