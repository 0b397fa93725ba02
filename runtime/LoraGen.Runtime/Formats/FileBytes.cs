using Microsoft.Win32.SafeHandles;

namespace LoraGen.Formats;

/// <summary>A file, read by position. If something else truncates it meanwhile, reading throws an exception that can be caught.</summary>
internal sealed class FileBytes : IByteSource
{
    private readonly SafeFileHandle? _handle;
    private readonly string _fullPath;

    /// <param name="path">The file.</param>
    /// <param name="isMapped">Whether <see cref="UnderPath{T}"/> will be called.</param>
    public FileBytes(string path, bool isMapped = false)
    {
        Name = path;
        _fullPath = Path.GetFullPath(path);

        if (Directory.Exists(path))
            throw new InvalidDataException($"{path}: it is a folder, expected a file.");

        // Pipes and devices have no length. Opening a pipe waits for a writer, so a file without a length is not opened and reads as an empty file.
        if (IsEmpty(path) || IsWindowsDevice)
            return;

        // Deleting is shared so that a writer may replace the file, except if a map needs the path to stay that of this file (only Windows enforces it).
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, isMapped ? FileShare.Read : FileShare.Read | FileShare.Delete);
        Length = RandomAccess.GetLength(_handle);
    }

    public string Name { get; }

    // The full path of NUL, CON, COM1 and pipes.
    private bool IsWindowsDevice => OperatingSystem.IsWindows() && _fullPath.StartsWith(@"\\.\", StringComparison.Ordinal);

    public long Length { get; }

    public void Read(long position, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var count = _handle is null ? 0 : RandomAccess.Read(_handle, target, position);
            if (count == 0)
            {
                throw new InvalidDataException(
                    $"{Name}: it had {Length} bytes when it was opened and ends after {(_handle is null ? 0 : RandomAccess.GetLength(_handle))} now. "
                    + "Something else writes to it; open it again when that is done.");
            }

            position += count;
            target = target[count..];
        }
    }

    /// <summary>Calls with a path to the open file, even if another one has replaced it since.</summary>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public T UnderPath<T>(Func<string, T> use)
    {
        if (_handle is null || OperatingSystem.IsWindows())
            return use(_fullPath);

        var isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            return use($"/dev/fd/{_handle.DangerousGetHandle()}");
        }
        finally
        {
            if (isHeld)
                _handle.DangerousRelease();
        }
    }

    public void Dispose() => _handle?.Dispose();

    private static bool IsEmpty(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file.Exists && file.Length == 0;
    }
}
