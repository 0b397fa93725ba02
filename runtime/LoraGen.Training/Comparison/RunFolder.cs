using LoraGen.Training.Checkpoints;
using LoraGen.Training.Reporting;

namespace LoraGen.Training.Comparison;

/// <summary>The files of a comparison.</summary>
internal sealed class RunFolder(string folder)
{
    /// <summary>A name with the characters that names of files can have on all systems.</summary>
    public static string FileName(string name)
    {
        var parts = name.Replace(", ", "_", StringComparison.Ordinal);
        return string.Concat(parts.Select(each => char.IsAsciiLetterOrDigit(each) || each is '=' or '.' or '_' or '-' ? each : '-'));
    }

    /// <summary>The run as it was finished; null if it wasn't.</summary>
    public FinishedRun? Find(ComparedRun run) => File.Exists(FileOf(run)) ? FinishedRun.Read(FileOf(run)) : null;

    public void Write(FinishedRun finished)
    {
        Directory.CreateDirectory(Runs);
        JsonFiles.Write(FileOf(finished.Run), finished);
    }

    /// <summary>The file of what the process of a run prints.</summary>
    public string Log(ComparedRun run) => Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "logs")).FullName, $"{FileName(run.Name)}.txt");

    /// <summary>Creates an empty folder for the process of a run. Its own folder is in it.</summary>
    public string CreateWork(ComparedRun run)
    {
        var work = Path.GetFullPath(Path.Combine(folder, "work", FileName(run.Name)));
        DeleteWork(work);
        return Directory.CreateDirectory(work).FullName;
    }

    public static void DeleteWork(string work)
    {
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
    }

    /// <exception cref="InvalidDataException">There are runs with other settings; the message lists all differences.</exception>
    public void EnsureSettings(IReadOnlyDictionary<string, string> settings)
    {
        string[] files = Directory.Exists(Runs) ? Directory.GetFiles(Runs, "*.json") : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            string[] differences = [.. TrainingConfiguration.Differences(FinishedRun.Read(file).Run.Settings, settings, "the file")];
            if (differences.Length > 0)
            {
                throw new InvalidDataException(
                    $"\"{file}\" is a run with other settings, which can't be compared with those of this comparison:{Environment.NewLine}- "
                    + string.Join($"{Environment.NewLine}- ", differences)
                    + $"{Environment.NewLine}Use the same settings, or choose another folder.");
            }
        }
    }

    private string Runs => Path.Combine(folder, "runs");

    private string FileOf(ComparedRun run) => Path.Combine(Runs, $"{FileName(run.Name)}.json");
}
