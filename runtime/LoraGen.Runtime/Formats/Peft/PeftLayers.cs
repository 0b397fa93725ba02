using System.Globalization;

namespace LoraGen.Formats;

/// <summary>
/// The layers that a config adapts, by PEFT's rules: target_modules, exclude_modules, modules_to_save, layers_to_transform and layers_pattern.
/// </summary>
internal sealed class PeftLayers
{
    private readonly PeftSelection? _targets;
    private readonly PeftSelection? _excluded;
    private readonly PythonRegex[] _saved;
    private readonly IReadOnlyList<long> _indices;
    private readonly IReadOnlyList<string> _lists;
    private readonly PythonRegex[] _indexPatterns;
    private readonly string _listsPlace;

    private PeftLayers(PeftConfig config, string before)
    {
        _targets = config.Selection("target_modules");
        _excluded = config.Selection("exclude_modules");
        _saved = [.. config.List("modules_to_save").Select(name => PythonRegex.OfStart($@"(^|.*\.){name}($|\..*)", config.PlaceOf("modules_to_save")))];
        _indices = config.Indices("layers_to_transform");
        _lists = config.List("layers_pattern");
        _listsPlace = config.PlaceOf("layers_pattern");
        _indexPatterns = [.. (_lists.Count == 0 ? ["[^.]*"] : _lists).Select(list => PythonRegex.OfStart($@"{before}\.{list}\.(\d+)\.", _listsPlace))];
    }

    /// <summary>By the rules of PEFT 0.20: the index is that of the first list in a path.</summary>
    public static PeftLayers Of(PeftConfig config) => new(config, ".*?");

    /// <summary>By the rules before PEFT 0.20: the index is that of the last list in a path.</summary>
    public static PeftLayers OfOlder(PeftConfig config) => new(config, ".*");

    /// <summary>Whether the config selects layers; otherwise Python selects them by the architecture.</summary>
    public bool AreNamed => _targets is not null;

    /// <summary>Whether every Linear is adapted, whatever its name is.</summary>
    public bool AreAllLinear => _targets?.IsAllLinear == true;

    /// <summary>The targets and their restrictions as text.</summary>
    public string Text
    {
        get => _targets?.Text
            + (_indices.Count == 0 ? "" : $" at layers_to_transform [{string.Join(", ", _indices)}]")
            + (_lists.Count == 0 ? "" : $" of layers_pattern [{string.Join(", ", _lists)}]")
            + (_excluded is null ? "" : $" without exclude_modules {_excluded.Text}");
    }

    public bool Contain(string path)
    {
        return _targets!.Selects(path)
            && _excluded?.Selects(path) != true
            && !_saved.Any(saved => saved.IsMatch(path))
            && (_indices.Count == 0 || _targets.Names(path) || Index(path) is { } index && _indices.Contains(index));
    }

    // The number after a list, or after any name. PEFT requires something before the list: one of the model itself doesn't count.
    private long? Index(string path)
    {
        if (_indexPatterns.Select(pattern => pattern.FirstGroup(path)).FirstOrDefault(group => group is not null) is not { } group)
            return null;

        // As in PEFT, whose reader fails here: the index is the first group, so the pattern can't have a group or an alternative of its own.
        return long.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new InvalidDataException(
                $"{_listsPlace}: [{string.Join(", ", _lists)}] finds no index in {path}, but \"{group}\". "
                + "PEFT does not read it either: write groups as (?:…).");
    }
}
