using System.Globalization;

namespace LoraGen.Training.Checkpoints;

/// <summary>The checkpoints in a folder. Each is a folder of its own, which is complete: it was renamed when it was.</summary>
internal sealed class CheckpointFolders(string folder)
{
    private const string Prefix = "step-";
    private const string Unfinished = ".tmp";

    /// <summary>The newest checkpoint; null if there is none.</summary>
    public string? Newest => Steps().Select(PathOf).LastOrDefault();

    public string PathOf(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}"));

    /// <summary>Writes a checkpoint under another name, and renames it. An earlier one of the step is replaced.</summary>
    /// <returns>Its path.</returns>
    public string Write(long step, Action<string> write)
    {
        Directory.CreateDirectory(folder);
        var target = PathOf(step);
        var beside = Beside(target);
        try
        {
            Directory.CreateDirectory(beside);
            write(beside);
            if (Directory.Exists(target))
                Directory.Move(target, Beside(target));
            Directory.Move(beside, target);
        }
        finally
        {
            Clean();
        }

        return target;
    }

    /// <summary>Deletes all but the newest ones and the one that is kept.</summary>
    public void Prune(int limit, long? kept)
    {
        foreach (var step in Steps().SkipLast(limit).Where(step => step != kept))
        {
            // A folder that is deleted in part must not look like a checkpoint.
            var beside = Beside(PathOf(step));
            Directory.Move(PathOf(step), beside);
            Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>Deletes what processes that were killed have left.</summary>
    public void Clean()
    {
        foreach (var left in Existing($".{Prefix}*{Unfinished}"))
            Directory.Delete(left, recursive: true);
    }

    private static string Beside(string target)
    {
        return Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{Unfinished}");
    }

    private IEnumerable<long> Steps()
    {
        return Existing(Prefix + "*").Select(path => Path.GetFileName(path)[Prefix.Length..])
            .Where(digits => digits.All(char.IsAsciiDigit)).Select(digits => long.Parse(digits, CultureInfo.InvariantCulture)).Order();
    }

    private string[] Existing(string pattern) => Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];
}
