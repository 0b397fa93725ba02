namespace LoraGen.Generator;

/// <summary>An error of the generator's own, as a generated file tells it: one model's bug must not take the others' adapters away.</summary>
internal static class Failure
{
    private const string Beginning = "LoraGen failed (";

    /// <summary>Whether a problem is an error of ours, and not the user's to mend.</summary>
    public static bool IsToldBy(string problem) => problem.StartsWith(Beginning, StringComparison.Ordinal);

    public static string Describe(Exception exception)
    {
        var place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
        return $"{Beginning}{exception.GetType().Name}: {exception.Message} {place}). Please report it with the model's class";
    }
}
