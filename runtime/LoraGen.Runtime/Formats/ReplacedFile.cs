using Microsoft.Win32.SafeHandles;

namespace LoraGen.Formats;

/// <summary>
/// A complete file on the disk, written beside the file that it replaces: renaming it is atomic, so that at any moment there is either the old file or the new
/// one. If it is disposed before, the old file stays.
/// </summary>
internal sealed class ReplacedFile : IDisposable
{
    private readonly string _target;
    private readonly string _beside;

    private ReplacedFile(string target) => (_target, _beside) = (target, $"{target}.{Guid.NewGuid():N}.tmp");

    /// <summary>Writes the new file under a temporary name.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static ReplacedFile Prepare(string path, long length, Action<SafeFileHandle> write)
    {
        var target = Path.GetFullPath(path);

        // The system's message would name the temporary file, which the caller doesn't know.
        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"\"{target}\" can't be written: the folder \"{folder}\" does not exist. Make it first (Directory.CreateDirectory), or write elsewhere.");
        }

        var file = new ReplacedFile(target);
        try
        {
            // Reserving the whole length detects a full disk before anything is written.
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

    /// <exception cref="IOException">The old file can't be replaced, and is unchanged: on Windows, while tensors are mapped from it.</exception>
    public void Replace()
    {
        try
        {
            File.Move(_beside, _target, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"\"{_target}\" can't be replaced and is unchanged: {fault.Message} If it is open somewhere, or tensors are mapped from it, dispose them first "
                + "or open it with map: false; or write elsewhere.",
                fault);
        }
    }

    // The earlier exception matters, not a failed cleanup. A renamed file no longer exists.
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
