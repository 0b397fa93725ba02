using Microsoft.Win32.SafeHandles;

namespace LoraGen.Formats;

/// <summary>
/// Writes a whole file beside the one that it replaces, and renames it when it is on the disk: at any moment there is the old file or the new one.
/// </summary>
internal static class ReplacedFile
{
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Write(string path, long length, Action<SafeFileHandle> write)
    {
        var target = Path.GetFullPath(path);

        // The system would tell of the file beside, which nobody asked for.
        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException(
                $"\"{target}\" can't be written: the folder \"{folder}\" does not exist. Make it first (Directory.CreateDirectory), or write elsewhere.");
        }

        var beside = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            // Asking for the whole length at once tells of a full disk before anything is written.
            using (var handle = File.OpenHandle(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: length))
            {
                write(handle);
                RandomAccess.FlushToDisk(handle);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch
        {
            Delete(beside);
            throw;
        }
    }

    // What went wrong before is the news, not that it can't be cleaned up.
    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
