using LoraGen.Generator.Models;

namespace LoraGen.Generator.Graph;

/// <summary>Gives the files of interceptors distinct names, also where files of several folders have the same name.</summary>
internal static class DistinctFiles
{
    public static IEnumerable<InterceptedFile> Of(IEnumerable<InterceptedFile> files)
    {
        var taken = HintNames.NoneTaken();
        // When files are reordered, a driver may provide one twice.
        foreach (var file in files.Distinct().OrderBy(file => file.Path, StringComparer.Ordinal))
            yield return file with { HintName = HintNames.Take(file.HintName, taken) };
    }
}
