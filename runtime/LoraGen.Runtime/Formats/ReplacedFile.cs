using Microsoft.Win32.SafeHandles;

namespace LoraGen.Formats;

/// <summary>
/// A whole file that was written beside the one that it is to replace, and is on the disk: renaming it is one step, so that at any moment there is the
/// old file or the new one. Disposed before that, it leaves the old one.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _target;
    private readonly string _beside;

    private ReplacedFile(string target) => (_target, _beside) = (target, $"{target}.{Guid.NewGuid():N}.tmp");

    /// <summary>Writes the new file beside.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static ReplacedFile Prepare(string path, long length, Action<SafeFileHandle> write)
    {
        var target = Path.GetFullPath(path);

        // The system would tell of the file beside, which nobody asked for.
        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"\"{target}\" can't be written: the folder \"{folder}\" does not exist. Make it first (Directory.CreateDirectory), or write elsewhere.");
        }

        var file = new ReplacedFile(target);
        try
        {
            // Asking for the whole length at once tells of a full disk before anything is written.
            using var handle = File.OpenHandle(file._beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: length);
            write(handle);
            RandomAccess.FlushToDisk(handle);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">The old file can't be replaced, and is as before: on Windows, while tensors are mapped from it.</exception>
    public void Replace()
    {
        try
        {
            File.Move(_beside, _target, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"\"{_target}\" can't be replaced and is as before: {fault.Message} If it is open somewhere, or tensors are mapped from it, dispose them first "
                + "or open it with map: false; or write elsewhere.",
                fault);
        }
    }

    // What went wrong before is the news, not that it can't be cleaned up. A file that was renamed is not there.
    public void Dispose()
    {
        try
        {
            File.Delete(_beside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
