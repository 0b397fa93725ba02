namespace LoraGen.Meta;

/// <summary>Distinguishes an operation that META doesn't support from an exception of the model.</summary>
internal static class MetaFailure
{
    private static readonly string[] NotTheModels = ["TorchSharp.", "System.", "LoraGen.CompilerServices.", "LoraGen.Generated."];

    /// <summary>The model's method that called what threw, with file and line if they are known; null if the exception is not from TorchSharp.</summary>
    public static string? PlaceOf(Exception failure)
    {
        var frames = (failure.StackTrace ?? string.Empty).Split('\n').Select(Method).ToArray();
        return frames.Length > 0 && frames[0].StartsWith("TorchSharp.", StringComparison.Ordinal)
            ? frames.FirstOrDefault(frame => !NotTheModels.Any(start => frame.StartsWith(start, StringComparison.Ordinal)))
            : null;
    }

    // "   at Acme.Block..ctor(Config config) in Block.cs:line 12"
    private static string Method(string frame) => frame.Trim() is var text && text.StartsWith("at ", StringComparison.Ordinal) ? text[3..] : text;
}
