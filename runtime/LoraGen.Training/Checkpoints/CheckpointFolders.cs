using System.Globalization;

namespace LoraGen.Training.Checkpoints;

/// <summary>The checkpoints in a folder. Each is a folder of its own, which is complete: it was renamed when it was.</summary>
internal sealed class CheckpointFolders(string folder)
{
    private const string Prefix = "step-";
    private const string Unfinished = ".tmp";

    /// <summary>The newest checkpoint; null if there is none.</summary>
    public string? Newest => All().LastOrDefault()?.Path;

    /// <summary>The checkpoint of a step; null if there is none.</summary>
    public string? Of(long step) => All().LastOrDefault(entry => entry.Step == step)?.Path;

    /// <summary>Writes a checkpoint under another name, and renames it.</summary>
    /// <returns>Its path, which has a number after that of the step if there is an earlier checkpoint of it: a folder can't be replaced at once.</returns>
    public string Write(long step, Action<string> write)
    {
        Directory.CreateDirectory(folder);
        var number = (All().LastOrDefault(entry => entry.Step == step)?.Number ?? 0) + 1;
        var target = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}{(number == 1 ? "" : $"-{number}")}"));
        var beside = Beside(target);
        try
        {
            Directory.CreateDirectory(beside);
            write(beside);
            Directory.Move(beside, target);
        }
        finally
        {
            Clean();
        }

        return target;
    }

    /// <summary>Deletes all but the newest ones and that of the step that is kept.</summary>
    public void Prune(int limit, long? kept)
    {
        var steps = All().GroupBy(entry => entry.Step).ToArray();
        var old = steps.SkipLast(limit).Where(step => step.Key != kept).SelectMany(step => step);
        foreach (var entry in steps.SelectMany(step => step.SkipLast(1)).Concat(old).Distinct())
        {
            // A folder that is deleted in part must not look like a checkpoint.
            var beside = Beside(entry.Path);
            Directory.Move(entry.Path, beside);
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

    private IEnumerable<Entry> All()
    {
        return Existing(Prefix + "*").Select(Entry.Of).OfType<Entry>().OrderBy(entry => entry.Step).ThenBy(entry => entry.Number);
    }

    private string[] Existing(string pattern) => Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern) : [];

    private sealed record Entry(string Path, long Step, int Number)
    {
        public static Entry? Of(string path)
        {
            var numbers = System.IO.Path.GetFileName(path)[Prefix.Length..].Split('-');
            return numbers.Length <= 2 && long.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
                && int.TryParse(numbers.ElementAtOrDefault(1) ?? "1", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new Entry(path, step, number)
                : null;
        }
    }
}
