using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.CompilerServices;

/// <content>Modules that are not adapted: those with [LoraIgnore], and those that are trained as a whole.</content>
public sealed partial class SiteCollector
{
    private readonly HashSet<nn.Module> _ignored = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _trained = [];
    private readonly List<(string Path, nn.Module Module)> _trainedModules = [];
    private readonly Dictionary<nn.Module, LoraBias> _biases = new(ReferenceEqualityComparer.Instance);

    /// <summary>The paths of the modules that are trained as a whole.</summary>
    internal IReadOnlyList<string> Trained => _trained;

    /// <summary>These modules and all modules in them.</summary>
    internal IReadOnlyList<(string Path, nn.Module Module)> TrainedModules => _trainedModules;

    /// <summary>The option <c>Bias</c> at each adapted layer.</summary>
    internal IReadOnlyDictionary<nn.Module, LoraBias> Biases => _biases;

    private void Ignore(string path, nn.Module module) => Leave(path, module, "is ignored", "[LoraIgnore]", static (_, _) => { });

    private void Train(string path, nn.Module module)
    {
        _paths.TryAdd(path, module);
        if (_ignored.Contains(module))
            return;

        var before = _trainedModules.Count;
        Leave(path, module, "has [Trainable]", "[Trainable]", (inner, child) => _trainedModules.Add((inner, child)));
        if (!_trainedModules.Skip(before).SelectMany(entry => entry.Module.named_parameters(recurse: false)).Any())
            throw new InvalidOperationException($"{path} has [Trainable], but nothing to train: it is a module without parameters.");

        _trained.Add(path);
    }

    private static InvalidOperationException NothingToTrain(string path) => new(
        $"{path} has [Trainable], but there is no module: the member is null, or is not registered (RegisterComponents).");

    // Excludes a module and everything in it from the sites.
    private void Leave(string path, nn.Module module, string how, string attribute, Action<string, nn.Module> take)
    {
        _paths.TryAdd(path, module);
        if (!_ignored.Add(module))
            return;
        if (_visited.GetValueOrDefault(module) is { } site)
            throw new InvalidOperationException($"{path} {how}, but the same layer is adapted as {site.Path}. Put {attribute} there too, or remove it.");

        Remember(path, module);
        take(path, module);
        foreach (var (name, child) in module.named_children())
            Leave($"{path}.{MemberName.Clean(name)}", child, how, attribute, take);
    }
}
