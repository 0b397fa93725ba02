namespace LoraGen.Formats;

/// <summary>Numbers of single layers, by regular expressions: PEFT's <c>rank_pattern</c> and <c>alpha_pattern</c>.</summary>
internal sealed class PeftPatterns(IReadOnlyList<(PythonRegex Pattern, double Value)> patterns)
{
    /// <summary>The number of the first pattern that a path ends with, at a dot; null if there is none.</summary>
    public double? ValueOf(string path)
    {
        foreach (var (pattern, value) in patterns)
        {
            if (pattern.IsMatch(path))
                return value;
        }

        return null;
    }
}
