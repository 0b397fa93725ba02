using System.Text.RegularExpressions;
using LoraGen.Formats;

namespace LoraGen.Checkpoints;

/// <summary>
/// Puts a checkpoint into a folder. All files are written under temporary names first. A reader finds the former checkpoint until one last step, and then the
/// new one: the index is replaced, or <c>model.safetensors</c> is, or it is deleted, since readers prefer it to an index. Shards therefore get names that no
/// file in the folder has.
/// </summary>
internal sealed partial class CheckpointFiles : IDisposable
{
    private readonly string _folder;
    private readonly List<ReplacedFile> _prepared = [];
    private readonly List<string> _uncommitted = [];

    private CheckpointFiles(string folder) => _folder = folder;

    private string Single => Path.Combine(_folder, SafetensorsCheckpoint.SingleName);

    private string Index => Path.Combine(_folder, SafetensorsCheckpoint.IndexName);

    /// <param name="folder">The folder; it exists.</param>
    /// <param name="shards">The tensors.</param>
    /// <param name="others">The contents of the other files, by their names.</param>
    /// <param name="progress">The progress, which may cancel this until the last step.</param>
    public static void Write(string folder, CheckpointShards shards, IReadOnlyDictionary<string, byte[]> others, FileProgress progress)
    {
        using var files = new CheckpointFiles(folder);
        progress.Begin(shards.Plans.Sum(plan => plan.Length));
        if (shards.Plans.Count == 1)
            files.WriteSingle(shards.Plans[0], others, progress);
        else
            files.WriteSharded(shards, others, progress);
    }

    public void Dispose()
    {
        foreach (var file in _prepared)
            file.Dispose();
        foreach (var path in _uncommitted)
            TryDelete(path);
    }

    private void WriteSingle(SafetensorsPlan plan, IReadOnlyDictionary<string, byte[]> others, FileProgress progress)
    {
        var weights = Add(SafetensorsWriter.Prepare(Single, plan, progress));
        ReplaceOthers(others, progress);
        weights.Replace();
        TryDelete(Index);
        DeleteShards(except: []);
    }

    private void WriteSharded(CheckpointShards shards, IReadOnlyDictionary<string, byte[]> others, FileProgress progress)
    {
        var names = FreeNames(shards);
        var weights = names.Select((name, i) => Add(SafetensorsWriter.Prepare(Path.Combine(_folder, name), shards.Plans[i], progress))).ToArray();
        var index = Add(Prepare(Index, shards.Index(names)));
        ReplaceOthers(others, progress);
        _uncommitted.AddRange(names.Select(name => Path.Combine(_folder, name)));
        foreach (var file in weights)
            file.Replace();
        index.Replace();
        _uncommitted.Clear();
        DeleteSingle();
        DeleteShards(except: names);
    }

    private void DeleteSingle()
    {
        try
        {
            File.Delete(Single);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"\"{Single}\" can't be deleted, so the former checkpoint is still read: {fault.Message} If it is open somewhere, or tensors are mapped "
                + "from it, dispose them first or open it with map: false; then save again, or delete the file.",
                fault);
        }
    }

    private void ReplaceOthers(IReadOnlyDictionary<string, byte[]> others, FileProgress progress)
    {
        var files = others.Select(other => Add(Prepare(Path.Combine(_folder, other.Key), other.Value))).ToArray();
        progress.ThrowIfCancelled();
        foreach (var file in files)
            file.Replace();
    }

    private string[] FreeNames(CheckpointShards shards)
    {
        for (var version = 1; ; version++)
        {
            string[] names = [.. shards.Plans.Select((_, shard) => shards.NameOf(shard, version))];
            if (!names.Any(name => Path.Exists(Path.Combine(_folder, name))))
                return names;
        }
    }

    private void DeleteShards(string[] except)
    {
        foreach (var name in Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Where(name => Shard().IsMatch(name)).Except(except))
            TryDelete(Path.Combine(_folder, name));
    }

    private ReplacedFile Add(ReplacedFile file)
    {
        _prepared.Add(file);
        return file;
    }

    private static ReplacedFile Prepare(string path, byte[] content)
    {
        return ReplacedFile.Prepare(path, content.Length, file => RandomAccess.Write(file, content, 0));
    }

    // What can't be deleted now, on Windows while it is mapped, isn't read, and is deleted by the next save.
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    [GeneratedRegex(@"^model(-\d+)?-\d{5}-of-\d{5}\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex Shard();
}
