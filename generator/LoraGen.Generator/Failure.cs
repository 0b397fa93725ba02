namespace LoraGen.Generator;

/// <summary>An internal error of the generator, as it is written to a generated file: a failure on one model must not affect the adapters of others.</summary>
internal static class Failure
{
    private const string Beginning = "LoraGen failed (";

    /// <summary>Whether a problem is an internal error, and not one that the user can fix.</summary>
    public static bool IsInternal(string problem) => problem.StartsWith(Beginning, StringComparison.Ordinal);

    public static string Describe(Exception exception)
    {
        var place = exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim();
        return $"{Beginning}{exception.GetType().Name}: {exception.Message} {place}). Please report it with the model's class";
    }
}
