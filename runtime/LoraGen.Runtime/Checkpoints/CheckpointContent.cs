using LoraGen.Formats;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>The tensors of a model by their names in the checkpoint that is to be written.</summary>
internal sealed class CheckpointContent
{
    private readonly nn.Module _model;
    private readonly CheckpointMapping _mapping;
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> _tensors;
    private readonly Dictionary<string, string> _original;
    private readonly HashSet<string> _embeddings;
    private readonly List<string> _faults = [];

    private CheckpointContent(nn.Module model, CheckpointMapping mapping, SafetensorsCheckpoint? original)
    {
        (_model, _mapping, _tensors) = (model, mapping, ModelTensors.Of(model));
        _original = original is null ? [] : NamesIn(original);
        _embeddings = model.named_modules().Where(named => named.module is Embedding).Select(named => MemberName.Clean($"{named.name}.weight")).ToHashSet();
        foreach (var pattern in mapping.Transposed.Where(pattern => !_tensors.Any(entry => TargetPattern.Matches(pattern, entry.Name))))
            _faults.Add($"Transposed \"{pattern}\" matches no weight of the model");
    }

    /// <summary>
    /// The tensors in the model's order. Those with another layout in the checkpoint are views, which belong to the current dispose scope.
    /// </summary>
    /// <exception cref="ArgumentException">The mapping does not lead back; the message lists for which names.</exception>
    /// <exception cref="InvalidDataException">The original checkpoint does not fit the model; the message lists why.</exception>
    public static IReadOnlyList<KeyValuePair<string, Tensor>> Of(nn.Module model, CheckpointMapping mapping, SafetensorsCheckpoint? original)
    {
        return new CheckpointContent(model, mapping, original).Named();
    }

    private IReadOnlyList<KeyValuePair<string, Tensor>> Named()
    {
        var written = ModelTensors.Grouped(_tensors).SelectMany(Written).ToHashSet(StringComparer.Ordinal);
        var named = new List<KeyValuePair<string, Tensor>>();
        foreach (var (name, tensor) in _tensors.Where(entry => written.Contains(entry.Name) && !IsCopy(entry.Name, entry.Tensor)))
            named.Add(new(NameOf(name), IsTransposed(name, tensor) ? DeferredValues.Transposed(tensor) : tensor));

        foreach (var twice in named.GroupBy(entry => entry.Key, StringComparer.Ordinal).Where(group => group.Count() > 1))
            _faults.Add($"{twice.Count()} tensors of the model would be named \"{twice.Key}\"");
        return _faults.Count == 0 ? named : throw new ArgumentException($"{_model.GetName()} can't be saved:\n- {string.Join("\n- ", _faults)}");
    }

    private Dictionary<string, string> NamesIn(SafetensorsCheckpoint original)
    {
        var plan = CheckpointPlan.Of(_tensors, original, _mapping);
        plan.EnsureFits(_model, "nothing was saved");
        return plan.Sources.Where(entry => _mapping.NameInModel(entry.Source) == entry.Name)
            .ToDictionary(entry => entry.Name, entry => entry.Source, StringComparer.Ordinal);
    }

    // Of a tensor with several names, the original's names or one: Hugging Face keeps the embedding's.
    private IEnumerable<string> Written(IReadOnlyList<(string Name, Tensor Tensor)> one)
    {
        var names = one.Select(entry => entry.Name).ToArray();
        if (names.Length == 1)
            return names;
        return names.Any(_original.ContainsKey) ? names.Where(_original.ContainsKey) : [names.FirstOrDefault(_embeddings.Contains, names[0])];
    }

    // What loading would copy from another tensor is left out while it equals that one.
    private bool IsCopy(string name, Tensor tensor)
    {
        if (_original.ContainsKey(name))
            return false;

        var from = _mapping.Copies.Where(copy => copy.Key == name).Select(copy => copy.Value).ToArray();
        return _tensors.Any(other => from.Contains(other.Name) && AreEqual(tensor, other.Tensor));
    }

    private static bool AreEqual(Tensor one, Tensor other)
    {
        return one.dtype == other.dtype && one.device_type == other.device_type && one.shape.SequenceEqual(other.shape) && one.Equals(other);
    }

    private bool IsTransposed(string name, Tensor tensor)
    {
        return tensor.shape.Length == 2 && _mapping.Transposed.Any(pattern => TargetPattern.Matches(pattern, name));
    }

    private string NameOf(string name)
    {
        if (_original.TryGetValue(name, out var original))
            return original;

        // What the original doesn't have, such as a new head, needs no other name.
        var isNew = _original.Count > 0 && _mapping.NameInModel(name) == name;
        if ((isNew ? name : _mapping.NameInCheckpoint(name)) is { } found)
            return found;

        _faults.Add(
            $"the mapping has no way back for {name}: it is not known which name in a checkpoint it maps to this one. Pass the checkpoint that the model was "
            + "loaded from as \"original\", or another mapping");
        return name;
    }
}
