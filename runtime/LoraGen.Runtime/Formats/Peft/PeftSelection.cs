namespace LoraGen.Formats;

/// <summary>The modules that a PEFT config selects: names that are a whole path or its end, or a regular expression that matches a whole path.</summary>
internal sealed class PeftSelection
{
    private const string AllLinear = "all-linear";

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

    /// <summary>Whether every Linear is selected, whatever its name is.</summary>
    public bool IsAllLinear => Text == AllLinear;

    public static PeftSelection OfNames(IReadOnlyList<string> names)
    {
        return new PeftSelection(
            $"[{string.Join(", ", names)}]", path => names.Any(name => path == name || path.EndsWith($".{name}", StringComparison.Ordinal)), names);
    }

    /// <param name="expression">A regular expression, or <c>all-linear</c>.</param>
    /// <param name="place">The file and the key, for messages.</param>
    public static PeftSelection OfExpression(string expression, string place)
    {
        if (expression.Equals(AllLinear, StringComparison.OrdinalIgnoreCase))
            return new PeftSelection(AllLinear, static _ => true, []);

        return new PeftSelection($"\"{expression}\"", PythonRegex.OfWhole(expression, place).IsMatch, []);
    }

    public bool Selects(string path) => _selects(path);

    /// <summary>Whether the path ends with one of the names, at a dot or not, or matches the expression: how PEFT identifies a feed-forward module.</summary>
    public bool IsEndOf(string path) => _names.Count == 0 ? _selects(path) : _names.Any(name => path.EndsWith(name, StringComparison.Ordinal));

    /// <summary>Whether a name is the whole path.</summary>
    public bool Names(string path) => _names.Contains(path);
}
