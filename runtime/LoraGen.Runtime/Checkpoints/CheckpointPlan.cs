using LoraGen.Formats;
using LoraGen.Sites;
using LoraGen.Targets;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>Which tensor is read into which, determined before anything is read.</summary>
internal sealed class CheckpointPlan
{
    private const int MostNear = 1;

    private readonly List<(string Name, Tensor Target, string Source, bool IsTransposed)> _copies = [];
    private readonly List<string> _faults = [];
    private readonly SafetensorsCheckpoint _checkpoint;
    private readonly CheckpointMapping _mapping;

    private CheckpointPlan(IReadOnlyList<(string Name, Tensor Tensor)> model, SafetensorsCheckpoint checkpoint, CheckpointMapping mapping)
    {
        (_checkpoint, _mapping) = (checkpoint, mapping);
        var ignored = checkpoint.Tensors.Where(tensor => IsAny(mapping.Ignored, tensor.Name)).Select(tensor => tensor.Name).ToArray();
        var known = model.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var sources = ByName(checkpoint.Tensors.Where(tensor => !IsAny(mapping.Ignored, tensor.Name)), known);
        var (loaded, kept) = Match(model, sources);
        foreach (var pattern in mapping.Transposed.Where(pattern => !known.Any(name => TargetPattern.Matches(pattern, name))))
            _faults.Add($"Transposed \"{pattern}\" matches no weight of the model{Near(pattern, known)}");
        foreach (var (name, source) in sources.Where(source => !known.Contains(source.Key)))
            _faults.Add($"the checkpoint's {Told(source, name)} is unexpected{Near(name, known)}");

        Report = new CheckpointReport(loaded, kept, ignored);
    }

    public CheckpointReport Report { get; }

    /// <summary>Which tensor of the checkpoint is for which name of the model.</summary>
    public IEnumerable<(string Name, string Source)> Sources => _copies.Select(copy => (copy.Name, copy.Source));

    public static CheckpointPlan Of(IReadOnlyList<(string Name, Tensor Tensor)> model, SafetensorsCheckpoint checkpoint, CheckpointMapping mapping)
    {
        return new CheckpointPlan(model, checkpoint, mapping);
    }

    /// <exception cref="InvalidDataException">The checkpoint does not fit the model; the message lists why.</exception>
    public void EnsureFits(nn.Module model, string consequence = "nothing was loaded")
    {
        if (_faults.Count > 0)
            throw new InvalidDataException($"{_checkpoint} does not fit {model.GetName()}; {consequence}:\n- {string.Join("\n- ", _faults)}");
    }

    /// <summary>Reads every tensor of the model, except those without values.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled; every tensor has its earlier values.</exception>
    public void Copy(FileProgress progress)
    {
        using var earlier = new EarlierValues();
        progress.Begin(_copies.Sum(copy => _checkpoint[copy.Source].ByteCount));
        try
        {
            foreach (var copy in _copies.Where(copy => copy.Target.device_type != DeviceType.META))
            {
                if (progress.CanBeCancelled)
                    earlier.Keep(copy.Target);
                Copy(copy.Source, copy.IsTransposed, copy.Target);
                progress.Add(_checkpoint[copy.Source].ByteCount);
            }
        }
        catch
        {
            earlier.Restore();
            throw;
        }
    }

    /// <summary>Reads what is planned for one of the names into a tensor; false if there is nothing.</summary>
    public bool CopyInto(Tensor target, IReadOnlyCollection<string> names, FileProgress progress)
    {
        var planned = _copies.Where(copy => names.Contains(copy.Name)).ToArray();
        foreach (var copy in planned)
        {
            Copy(copy.Source, copy.IsTransposed, target);
            progress.Add(_checkpoint[copy.Source].ByteCount);
        }

        return planned.Length > 0;
    }

    /// <summary>Reads what is planned for one of the names, and passes it to a function; false if there is nothing.</summary>
    public bool Use(IReadOnlyCollection<string> names, Action<Tensor> use, FileProgress progress)
    {
        foreach (var copy in _copies.Where(copy => names.Contains(copy.Name)).Take(1))
        {
            Use(copy.Source, copy.IsTransposed, use);
            progress.Add(_checkpoint[copy.Source].ByteCount);
            return true;
        }

        return false;
    }

    private void Copy(string source, bool isTransposed, Tensor target) => Use(source, isTransposed, values => target.copy_(values));

    private void Use(string source, bool isTransposed, Action<Tensor> use)
    {
        using var noGrad = no_grad();
        using (var values = _checkpoint.Read(source))
        using (var turned = isTransposed ? values.t() : null)
            use(turned ?? values);

        // Otherwise the whole file would finally count as the process's memory.
        _checkpoint.LetPagesGo();
    }

    private Dictionary<string, SafetensorsTensor> ByName(IEnumerable<SafetensorsTensor> tensors, HashSet<string> known)
    {
        var sources = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        foreach (var tensor in tensors)
        {
            // A state_dict that was written directly has the names of the fields.
            var mapped = _mapping.NameInModel(tensor.Name);
            var name = known.Contains(mapped) ? mapped : MemberName.Clean(mapped);
            if (!sources.TryAdd(name, tensor))
                _faults.Add($"{name} is given twice, by {sources[name].Name} and {tensor.Name}");
        }

        return sources;
    }

    private (IReadOnlyList<string> Loaded, IReadOnlyList<string> Kept) Match(
        IReadOnlyList<(string Name, Tensor Tensor)> model, Dictionary<string, SafetensorsTensor> sources)
    {
        var loaded = new List<string>();
        var kept = new List<string>();
        foreach (var (name, tensor) in model)
        {
            if (CopiedFrom(name).Prepend(name).FirstOrDefault(sources.ContainsKey) is { } found)
            {
                Plan(name, tensor, sources[found]);
                loaded.Add(name);
            }
            else if (model.Any(other => other.Name != name && sources.ContainsKey(other.Name) && ModelTensors.AreOne(tensor, other.Tensor)))
            {
                // A tied weight gets the tensor of the other name.
                loaded.Add(name);
            }
            else if (IsAny(_mapping.Optional, name))
            {
                kept.Add(name);
            }
            else
            {
                _faults.Add($"{name} [{string.Join(", ", tensor.shape)}] is missing in the checkpoint{Near(name, sources.Keys)}");
            }
        }

        return (loaded, kept);
    }

    private void Plan(string name, Tensor tensor, SafetensorsTensor source)
    {
        var isTransposed = source.Shape.Count == 2 && IsAny(_mapping.Transposed, name);
        var shape = isTransposed ? source.Shape.Reverse() : source.Shape;
        if (!shape.SequenceEqual(tensor.shape))
        {
            _faults.Add(
                $"{name} is [{string.Join(", ", tensor.shape)}] in the model, "
                + $"but {(isTransposed ? "transposed " : "")}[{string.Join(", ", shape)}] in the checkpoint");
        }
        else
        {
            _copies.Add((name, tensor, source.Name, isTransposed));
        }
    }

    private IEnumerable<string> CopiedFrom(string name) => _mapping.Copies.Where(copy => copy.Key == name).Select(copy => copy.Value);

    private static bool IsAny(IReadOnlyList<string> patterns, string name) => patterns.Any(pattern => TargetPattern.Matches(pattern, name));

    private static string Told(SafetensorsTensor source, string name) => source.Name == name ? name : $"{source.Name} (as {name})";

    private static string Near(string name, IReadOnlyCollection<string> candidates)
    {
        return ClosestNames.Of(name, candidates, MostNear).FirstOrDefault() is { } nearest ? $"; nearest: {nearest}" : string.Empty;
    }
}
