using LoraGen.Formats;
using LoraGen.Targets;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A safetensors file, open for reading. Opening only reads the header, and checks it; each tensor is mapped or read on request. Reading is
/// thread-safe.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly IByteSource _bytes;
    private readonly FileMap? _map;
    private readonly SafetensorsHeader _header;
    private bool _isDisposed;

    internal SafetensorsFile(IByteSource bytes, FileMap? map = null)
    {
        _bytes = bytes;
        _map = map;
        try
        {
            _header = SafetensorsHeader.Read(bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The path of the file.</summary>
    public string Path => _bytes.Name;

    /// <summary>Its tensors, in the order of their bytes in the file; reading them in this order is the fastest.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => _header.Tensors;

    /// <summary>Its <c>__metadata__</c>, such as <c>format</c> = <c>pt</c>; empty if it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>The description of a tensor in the header.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name; the message lists the closest names.</exception>
    public SafetensorsTensor this[string name] => _header.ByName.TryGetValue(name, out var tensor) ? tensor : throw NotFound(Path, name, Tensors);

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="map">
    /// Whether <see cref="Read"/> maps the file, so that a tensor takes no time and no memory before it is used. While such a tensor exists, nothing may
    /// shorten the file or write into it: accessing a page that is gone, or that a failing disk or network can't provide, ends the process, which can't be
    /// caught. Replacing the file, as <see cref="SafetensorsWriter"/> does, is safe on Linux and macOS, and refused on Windows. If false, tensors are copies,
    /// and a shortened file throws an <see cref="InvalidDataException"/>.
    /// </param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is not a valid safetensors file: the message has the expected and the actual value.</exception>
    public static SafetensorsFile Open(string path, bool map = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ArgumentException($"{path} is a folder. Open it as a {nameof(SafetensorsCheckpoint)}, or name the file.", nameof(path));
        var bytes = new FileBytes(path, isMapped: map);
        return new SafetensorsFile(bytes, map ? new FileMap(bytes) : null);
    }

    /// <summary>Whether it has a tensor of that name.</summary>
    public bool Contains(string name) => _header.ByName.ContainsKey(name);

    /// <summary>
    /// Reads a tensor. The caller owns it: it outlives the file, shares its values with no other tensor, and belongs to the current dispose scope, if any.
    /// Changing it never changes the file.
    /// </summary>
    /// <remarks>
    /// A mapped tensor only takes memory for the pages that are written to; the others are those of the file. A tensor is copied nevertheless if it is a
    /// BOOL, whose bytes are checked; isn't aligned to its elements, as in files of old writers; is moved or converted; or the system refuses the map, as Linux
    /// does for a file that is larger than all memory. Without a map, moving or converting takes twice the tensor's memory.
    /// </remarks>
    /// <param name="name">The tensor's name.</param>
    /// <param name="device">The target device; by default the CPU.</param>
    /// <param name="dtype">The type to convert to; by default that of the file.</param>
    /// <returns>A contiguous tensor with the shape in the file; it requires no gradient.</returns>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name; the message lists the closest names.</exception>
    /// <exception cref="InvalidDataException">The file was truncated after it was opened, or a BOOL is neither 0 nor 1.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public Tensor Read(string name, Device? device = null, ScalarType? dtype = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var entry = this[name];
        var tensor = (entry.Dtype == ScalarType.Bool ? null : _map?.Read(entry, _header.DataStart)) ?? Copy(entry);
        try
        {
            return device is null && dtype is null ? tensor : tensor.to(dtype ?? entry.Dtype, device ?? CPU, disposeAfter: true);
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file. Tensors that were read stay valid.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _map?.Dispose();
        _bytes.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Tensors.Count} tensors";

    /// <summary>Releases the pages that mapped tensors have accessed, as soon as these are disposed.</summary>
    internal void LetPagesGo() => _map?.Clear();

    internal static KeyNotFoundException NotFound(string path, string name, IEnumerable<SafetensorsTensor> tensors)
    {
        var nearest = ClosestNames.Of(name, tensors.Select(tensor => tensor.Name));
        var instead = nearest.Count == 0 ? "It has no tensors." : $"Nearest: {string.Join(", ", nearest)}.";
        return new KeyNotFoundException($"{path} has no tensor \"{name}\". {instead}");
    }

    private Tensor Copy(SafetensorsTensor entry)
    {
        var tensor = empty([.. entry.Shape], dtype: entry.Dtype, device: CPU);
        try
        {
            TensorBytes.ForEachPart(tensor, (position, part) => Fill(entry, position, part));
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private void Fill(SafetensorsTensor entry, long position, Span<byte> part)
    {
        _bytes.Read(_header.DataStart + entry.Begin + position, part);
        if (entry.Dtype == ScalarType.Bool && part.IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and var at)
        {
            throw new InvalidDataException(
                $"{Path}: tensor {JsonText.Quote(entry.Name)}: element {position + at} should be 0 or 1, as a BOOL, is {part[at]}. "
                + "The file is damaged; download or write it again.");
        }
    }
}
