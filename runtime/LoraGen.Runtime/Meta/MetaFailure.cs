namespace LoraGen;

/// <summary>Tells an operation that META can't do from an exception of the model's own.</summary>
internal static class MetaFailure
{
    private static readonly string[] NotTheModels = ["TorchSharp.", "System.", "LoraGen.CompilerServices.", "LoraGen.Generated."];

    /// <summary>The method of the model's, with file and line where they are known, that called what threw; null where TorchSharp did not throw.</summary>
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
