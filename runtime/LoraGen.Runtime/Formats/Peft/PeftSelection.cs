using System.Text.RegularExpressions;

namespace LoraGen.Formats;

/// <summary>The modules that a PEFT config selects: names that are a whole path or its end, or a regular expression that matches a whole path.</summary>
internal sealed class PeftSelection
{
    // A config may be untrusted, and an expression may take very long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Func<string, bool> _selects;

    private readonly IReadOnlyList<string> _names;

    private PeftSelection(string text, Func<string, bool> selects, IReadOnlyList<string> names)
    {
        Text = text;
        _selects = selects;
        _names = names;
    }

    /// <summary>The selection as text.</summary>
    public string Text { get; }

    public static PeftSelection OfNames(IReadOnlyList<string> names)
    {
        return new PeftSelection(
            $"[{string.Join(", ", names)}]", path => names.Any(name => path == name || path.EndsWith($".{name}", StringComparison.Ordinal)), names);
    }

    public static PeftSelection OfExpression(string expression, string place)
    {
        if (expression == "all-linear")
            return new PeftSelection(expression, static _ => true, []);

        var regex = Compile($"^(?:{expression})$", place);
        return new PeftSelection($"\"{expression}\"", regex.IsMatch, []);
    }

    /// <summary>The first pattern that a path ends with, at a dot: PEFT's rank_pattern and alpha_pattern.</summary>
    public static double? FirstMatch(IReadOnlyList<(string Pattern, double Value)> patterns, string path, string place)
    {
        foreach (var (pattern, value) in patterns)
        {
            if (Compile($"^(?:.*\\.)?(?:{pattern})$", place).IsMatch(path))
                return value;
        }

        return null;
    }

    public bool Selects(string path) => _selects(path);

    /// <summary>Whether the path ends with one of the names, at a dot or not, or matches the expression: how PEFT identifies a feed-forward module.</summary>
    public bool IsEndOf(string path) => _names.Count == 0 ? _selects(path) : _names.Any(name => path.EndsWith(name, StringComparison.Ordinal));

    /// <summary>Whether a name is the whole path.</summary>
    public bool Names(string path) => _names.Contains(path);

    private static Regex Compile(string python, string place)
    {
        try
        {
            return new Regex(python.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException broken)
        {
            throw new InvalidDataException($"{place} is not a regular expression: {broken.Message}", broken);
        }
    }
}
