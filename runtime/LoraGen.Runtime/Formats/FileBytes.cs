using Microsoft.Win32.SafeHandles;

namespace LoraGen.Formats;

/// <summary>
/// A file, read by position. Not a memory map: what is read goes straight to its place, so a map would save no copy, and touching a mapped page that
/// someone has since cut off the file ends the process, where a read fails.
/// </summary>
internal sealed class FileBytes : IByteSource
{
    private readonly SafeFileHandle _handle;

    public FileBytes(string path)
    {
        Name = path;
        // Deleting is shared so that a writer may put a new file in its place.
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Length = RandomAccess.GetLength(_handle);
    }

    public string Name { get; }

    public long Length { get; }

    public void Read(long position, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var count = RandomAccess.Read(_handle, target, position);
            if (count == 0)
            {
                throw new InvalidDataException(
                    $"{Name}: it had {Length} bytes when it was opened and ends after {RandomAccess.GetLength(_handle)} now. Something else writes to it; "
                    + "open it again when that is done.");
            }

            position += count;
            target = target[count..];
        }
    }

    public void Dispose() => _handle.Dispose();
}
