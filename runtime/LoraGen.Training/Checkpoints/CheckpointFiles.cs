using LoraGen.Training.Reading;

namespace LoraGen.Training.Checkpoints;

/// <summary>The sizes and hashes of a checkpoint's files, so that damage is found before anything is loaded.</summary>
internal static class CheckpointFiles
{
    /// <summary>Describes the files in a folder, by their names in it.</summary>
    public static SortedDictionary<string, string> Of(string folder)
    {
        return new(
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), Described),
            StringComparer.Ordinal);
    }

    /// <param name="folder">The folder of the checkpoint.</param>
    /// <param name="saved">What <see cref="Of"/> returned when it was saved.</param>
    /// <param name="wayOut">What the user can do about damage.</param>
    /// <exception cref="InvalidDataException">One is missing or is not as it was saved.</exception>
    public static void EnsureIntact(string folder, IReadOnlyDictionary<string, string> saved, string wayOut)
    {
        foreach (var (name, expected) in saved)
        {
            var path = Path.Combine(folder, name);
            var actual = File.Exists(path) ? Described(path) : "no such file";
            if (actual != expected)
            {
                throw new InvalidDataException(
                    $"\"{path}\" was damaged after the checkpoint was saved: {actual}, expected {expected}. Nothing was loaded. {wayOut}");
            }
        }
    }

    private static string Described(string path) => FormattableString.Invariant($"{new FileInfo(path).Length} bytes, SHA-256 {DataFiles.Hash(path)}");
}
