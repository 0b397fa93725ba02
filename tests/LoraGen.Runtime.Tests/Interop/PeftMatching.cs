using System.Globalization;
using System.Text.RegularExpressions;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>
/// Which modules a config selects, by the rules of PEFT's <c>check_target_module_exists</c>, <c>get_pattern_key</c> and <c>_set_trainable</c>.
/// </summary>
/// <param name="Files">The folder.</param>
/// <param name="IsOlder">
/// Whether the rules are those of older releases: the last index of a path counts for layers_to_transform and not the first, and modules_to_save excludes
/// nothing from the targets.
/// </param>
internal sealed record PeftMatching(PeftFiles Files, bool IsOlder)
{
    /// <param name="path">The module's path.</param>
    /// <param name="names">The targets as a list; null if they are an expression.</param>
    public bool IsTarget(string path, IReadOnlyCollection<string>? names)
    {
        if (IsExcluded(path))
            return false;
        if (names is null)
            return Python.FullMatches(Files.Expression("target_modules")!, path);
        if (names.Contains(path))
            return true;
        return names.Any(name => path.EndsWith($".{name}", StringComparison.Ordinal)) && IsAtIndex(path);
    }

    public bool IsHeld(string path) => Files.Names("modules_to_save")?.Any(name => path.EndsWith(name, StringComparison.Ordinal)) == true;

    public bool IsFeedForward(string path)
    {
        return Files.Expression("feedforward_modules") is { } expression
            ? Python.FullMatches(expression, path)
            : Files.Names("feedforward_modules")?.Any(name => path.EndsWith(name, StringComparison.Ordinal)) == true;
    }

    public double Number(string patterns, string usual, double otherwise, string path)
    {
        foreach (var (pattern, value) in Files.Patterns(patterns))
        {
            if (Python.Match($@"(.*\.)?({pattern})$", path).Success)
                return value;
        }

        return Files.Number(usual, otherwise);
    }

    private bool IsExcluded(string path)
    {
        if (Files.Expression("exclude_modules") is { } expression && Python.FullMatches(expression, path))
            return true;
        if (Files.Names("exclude_modules")?.Any(name => path == name || path.EndsWith($".{name}", StringComparison.Ordinal)) == true)
            return true;
        return !IsOlder && Files.Names("modules_to_save")?.Any(name => Python.Match($@"(^|.*\.){name}($|\..*)", path).Success) == true;
    }

    private bool IsAtIndex(string path)
    {
        var indices = Files.Indices("layers_to_transform");
        if (indices.Count == 0)
            return true;

        var any = IsOlder ? ".*" : ".*?";
        IReadOnlyList<string> lists = Files.Names("layers_pattern") ?? (Files.Expression("layers_pattern") is { Length: > 0 } list ? [list] : ["[^.]*"]);
        Match? match = lists.Select(name => Python.Match($@"{any}\.{name}\.(\d+)\.", path)).FirstOrDefault(found => found.Success);
        return match is not null && indices.Contains(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }
}
