using System.Globalization;
using System.Text.RegularExpressions;

namespace LoraGen.Formats;

/// <summary>The layers that a config adapts, by PEFT's rules: target_modules, exclude_modules, layers_to_transform and layers_pattern.</summary>
internal sealed class PeftLayers
{
    private readonly PeftSelection? _targets;
    private readonly PeftSelection? _excluded;
    private readonly IReadOnlyList<string> _indices;
    private readonly IReadOnlyList<string> _lists;

    public PeftLayers(PeftConfig config)
    {
        _targets = config.Selection("target_modules");
        _excluded = config.Selection("exclude_modules");
        _indices = config.List("layers_to_transform");
        _lists = config.List("layers_pattern");
    }

    /// <summary>Whether the config selects layers; otherwise Python selects them by the architecture.</summary>
    public bool AreNamed => _targets is not null;

    /// <summary>Whether every Linear is adapted, whatever its name is.</summary>
    public bool AreAllLinear => _targets?.Text == "all-linear";

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
        return _targets!.Selects(path) && _excluded?.Selects(path) != true && (_indices.Count == 0 || _targets.Names(path) || _indices.Contains(Index(path)));
    }

    // The number after a list's name, or after any name. PEFT requires something before the name: a list of the model itself doesn't count.
    private string? Index(string path)
    {
        var lists = _lists.Count == 0 ? "[^.]*" : string.Join("|", _lists.Select(Regex.Escape));
        var match = Regex.Match(path, $@"^.*\.(?:{lists})\.(\d+)\.", RegexOptions.CultureInvariant);
        return match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : null;
    }
}
