namespace LoraGen.Runtime.Tests.Interop;

/// <summary>
/// Reads an adapter folder as PEFT does: <c>PeftModel.from_pretrained</c>, then a strict <c>load_state_dict</c>. It shares no code with LoraGen, follows PEFT's
/// source to the letter, and knows of the base model only its modules.
/// </summary>
internal sealed class PeftReader
{
    private const string Prefix = "base_model.model.";

    private readonly IReadOnlyList<BaseModule> _base;
    private readonly PeftFiles _files;
    private readonly PeftMatching _matching;
    private readonly List<string> _faults = [];
    private readonly List<string> _held = [];
    private readonly List<string> _loadedIntoBase = [];
    private readonly Dictionary<string, PeftLayer> _layers = new(StringComparer.Ordinal);

    private PeftReader(IReadOnlyList<BaseModule> modules, string folder, bool isOlder)
    {
        _base = modules;
        _files = new PeftFiles(folder);
        _matching = new PeftMatching(_files, isOlder);
    }

    /// <param name="modules">The base model.</param>
    /// <param name="folder">The folder with the two files.</param>
    /// <param name="isOlder">Whether the rules are those of older releases.</param>
    public static PeftReading Read(IReadOnlyList<BaseModule> modules, string folder, bool isOlder = false)
    {
        var reader = new PeftReader(modules, folder, isOlder);
        reader.CheckConfig();
        if (reader._faults.Count == 0)
            reader.Inject();
        if (reader._faults.Count == 0)
            reader.Hold();
        if (reader._faults.Count == 0)
            reader.Load();
        var scalings = reader._layers.ToDictionary(layer => layer.Key, layer => layer.Value.Scaling);
        return new PeftReading(scalings, reader._held, reader._loadedIntoBase, reader._faults);
    }

    private void CheckConfig()
    {
        var isExpression = _files.Expression("target_modules") is not null;
        if (_files.Text("peft_type") is not ("LORA" or "IA3" or "GLORA" or "ADALORA" or "VERA" or "OFT" or "LN_TUNING" or "TRAINABLE_TOKENS"))
            _faults.Add($"peft_type: KeyError {_files.Text("peft_type")}");
        if (_files.Flag("lora_bias") && (_files.Expression("init_lora_weights") is not null || _files.Flag("use_dora")))
            _faults.Add("ValueError: lora_bias is only supported with init_lora_weights=True or False, and not for DoRA");
        if (_files.Expression("init_lora_weights") == "orthogonal" && _files.Number("r", 8) % 2 != 0)
            _faults.Add("ValueError: Orthogonal initialization requires the LoRA rank to be even");
        if (_files.Text("peft_type") == "ADALORA" && _files.Number("tinit", 0) >= _files.Number("total_step", 0) - _files.Number("tfinal", 0))
            _faults.Add("ValueError: the schedule doesn't allow for a budgeting phase");
        if (!_files.Has("target_modules"))
            _faults.Add("ValueError: please specify target_modules");
        if (isExpression && (_files.Has("layers_to_transform") || _files.Has("layers_pattern")))
            _faults.Add("ValueError: layers_to_transform and layers_pattern can't be used with a target_modules that is a text");
        if (_files.Has("layers_pattern") && !_files.Has("layers_to_transform"))
            _faults.Add("ValueError: layers_pattern without layers_to_transform");
        if (!isExpression && _files.Names("feedforward_modules") is { } names && names.Except(_files.Names("target_modules") ?? []).Any())
            _faults.Add("ValueError: feedforward_modules should be a subset of target_modules");
    }

    // The layers are replaced under the first path of each module.
    private void Inject()
    {
        var modules = _base.DistinctBy(module => module.Identity, ReferenceEqualityComparer.Instance).Where(module => module.Path.Length > 0).ToArray();
        var names = _files.Names("target_modules") is { } list ? MinimalTargets.Of([.. list.Distinct()], modules.Select(module => module.Path)) : null;
        if (_files.Expression("target_modules")?.ToLowerInvariant() == "all-linear")
            names = [.. modules.Where(module => module.Kind == "Linear").Select(module => module.Path)];
        foreach (var module in modules.Where(module => _matching.IsTarget(module.Path, names)))
        {
            if (PeftLayer.Of(module, _files, _matching) is { } layer)
                _layers.Add(module.Path, layer);
            else
                _faults.Add($"ValueError: target module {module.Path} is a {module.Kind}, which is not supported");
        }

        if (_layers.Count == 0)
            _faults.Add("ValueError: no target module was found in the base model");
    }

    private void Hold()
    {
        foreach (var (path, kind) in Injected().Where(module => _matching.IsHeld(module.Path)))
        {
            if (_layers.Keys.FirstOrDefault(layer => IsWithin(path, layer) && path[(layer.Length + 1)..].Contains('.')) is { } owner)
                _faults.Add($"ValueError: modules_to_save targets {path}, a child of the adapter at {owner}");
            else if (_layers.ContainsKey(path) || kind is "ModuleList" or "ModuleDict" or "ParameterList" or "ParameterDict")
                _faults.Add($"TypeError: modules_to_save cannot be applied to modules of type {(_layers.ContainsKey(path) ? "LoraLayer" : kind)}: {path}");
            else if (_held.FirstOrDefault(outer => IsWithin(path, outer)) is { } outer)
                _faults.Add($"KeyError: modules_to_save wraps {path} within {outer}, and both ask for its tensors");
            else
                _held.Add(path);
        }
    }

    private void Load()
    {
        var tensors = _files.Shapes.ToDictionary(entry => entry.Key, entry => entry.Value);
        var state = State();
        foreach (var path in _held)
        {
            foreach (var (name, shape) in state.Where(entry => IsWithin(entry.Key, path)).ToArray())
            {
                Take(tensors, Prefix + name, shape);
                state.Remove(name);
            }
        }

        foreach (var (path, layer) in _layers)
        {
            foreach (var (suffix, shape) in layer.Tensors)
                Take(tensors, Prefix + path + suffix, shape);
        }

        foreach (var (name, shape) in Projections())
            Take(tensors, name, shape);

        foreach (var (key, found) in tensors)
        {
            var name = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : string.Empty;
            if (!state.TryGetValue(name, out var shape))
                _faults.Add($"unexpected key {key}");
            else if (!shape.SequenceEqual(found))
                _faults.Add($"size mismatch for {key}");
            else
                _loadedIntoBase.Add(name);
        }
    }

    // VeRA's, which have the largest sizes of the adapted layers.
    private IEnumerable<(string Name, long[] Shape)> Projections()
    {
        if (_files.Text("peft_type") != "VERA" || !_files.Flag("save_projection"))
            return [];

        var shapes = _base.Where(module => _layers.ContainsKey(module.Path)).Select(module => module.Shapes["weight"]).ToArray();
        var rank = (long)_files.Number("r", 256);
        return [("base_model.vera_A", [rank, shapes.Max(shape => shape[1])]), ("base_model.vera_B", [shapes.Max(shape => shape[0]), rank])];
    }

    private void Take(Dictionary<string, long[]> tensors, string name, long[] shape)
    {
        if (!tensors.Remove(name, out var found))
            _faults.Add($"missing key {name}");
        else if (!found.SequenceEqual(shape))
            _faults.Add($"size mismatch for {name}: [{string.Join(", ", found)}] in the file, [{string.Join(", ", shape)}] in the model");
    }

    // All modules after the adapter's layers were put in, under each of their paths.
    private IEnumerable<(string Path, string Kind)> Injected()
    {
        foreach (var module in _base.Where(module => module.Path.Length > 0))
        {
            var layer = _layers.GetValueOrDefault(module.Path);
            if (layer is not null)
                yield return (module.Path, "LoraLayer");
            yield return (Moved(module.Path), module.Kind);
            foreach (var (name, kind) in layer?.Children ?? [])
                yield return ($"{module.Path}.{name}", kind);
        }
    }

    private Dictionary<string, long[]> State()
    {
        var state = _base
            .SelectMany(module => module.Shapes.Select(entry => (Name: module.Path.Length == 0 ? entry.Key : $"{Moved(module.Path)}.{entry.Key}", entry.Value)))
            .ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        foreach (var (path, layer) in _layers.Where(layer => _held.Any(outer => IsWithin(layer.Key, outer))))
        {
            foreach (var (suffix, shape) in layer.Tensors)
                state.Add($"{path}{suffix}.default", shape);
        }

        return state;
    }

    private static bool IsWithin(string path, string outer) => path.StartsWith(outer + ".", StringComparison.Ordinal);

    // What was at the path of a layer is in the adapter's layer now.
    private string Moved(string path)
    {
        var layer = _layers.Keys.FirstOrDefault(layer => path == layer || IsWithin(path, layer));
        return layer is null ? path : $"{layer}.base_layer{path[layer.Length..]}";
    }
}
