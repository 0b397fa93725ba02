using LoraGen.Formats;
using LoraGen.Targets;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A safetensors file, open for reading. Opening reads the header only, and checks all of it; each tensor is read when it is asked for, straight from the
/// file into its own memory. Reading is safe from several threads at once.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly IByteSource _bytes;
    private readonly SafetensorsHeader _header;
    private bool _isDisposed;

    internal SafetensorsFile(IByteSource bytes)
    {
        _bytes = bytes;
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

    /// <summary>The path that it was opened with.</summary>
    public string Path => _bytes.Name;

    /// <summary>Its tensors, in the order of their bytes in the file; reading them in this order is the fastest.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors => _header.Tensors;

    /// <summary>Its <c>__metadata__</c>, such as <c>format</c> = <c>pt</c>; empty if it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>What the file says of a tensor.</summary>
    /// <exception cref="KeyNotFoundException">It has no tensor of that name; the message names the nearest.</exception>
    public SafetensorsTensor this[string name] => _header.ByName.TryGetValue(name, out var tensor) ? tensor : throw NotFound(Path, name, Tensors);

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is no sound safetensors file: the message says what was expected and what is there.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ArgumentException($"{path} is a folder. Open it as a {nameof(SafetensorsCheckpoint)}, or name the file.", nameof(path));
        return new SafetensorsFile(new FileBytes(path));
    }

    /// <summary>Whether it has a tensor of that name.</summary>
    public bool Contains(string name) => _header.ByName.ContainsKey(name);

    /// <summary>
    /// Reads a tensor. It is the caller's own: it stays when the file is closed, and belongs to the current dispose scope, if any. While one is moved or
    /// converted it takes its memory twice.
    /// </summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="device">Where to; the CPU if not given.</param>
    /// <param name="dtype">The type to convert to; the file's own if not given.</param>
    /// <returns>A contiguous tensor of the shape that the file names; it requires no gradient.</returns>
    /// <exception cref="KeyNotFoundException">It has no tensor of that name; the message names the nearest.</exception>
    /// <exception cref="InvalidDataException">The file was cut off since it was opened, or a BOOL is neither 0 nor 1.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public Tensor Read(string name, Device? device = null, ScalarType? dtype = null)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var entry = this[name];
        var tensor = empty([.. entry.Shape], dtype: entry.Dtype, device: CPU);
        try
        {
            TensorBytes.ForEachPart(tensor, (position, part) => Fill(entry, position, part));
            return device is null && dtype is null ? tensor : tensor.to(dtype ?? entry.Dtype, device ?? CPU, disposeAfter: true);
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>Closes the file. Tensors that were read stay.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _bytes.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Tensors.Count} tensors";

    internal static KeyNotFoundException NotFound(string path, string name, IEnumerable<SafetensorsTensor> tensors)
    {
        var nearest = NearNames.Of(name, tensors.Select(tensor => tensor.Name));
        var instead = nearest.Count == 0 ? "It has none at all." : $"Nearest: {string.Join(", ", nearest)}.";
        return new KeyNotFoundException($"{path} has no tensor \"{name}\". {instead}");
    }

    private void Fill(SafetensorsTensor entry, long position, Span<byte> part)
    {
        _bytes.Read(_header.DataStart + entry.Begin + position, part);
        if (entry.Dtype == ScalarType.Bool && part.IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and var at)
        {
            throw new InvalidDataException(
                $"{Path}: tensor {JsonText.Quote(entry.Name)}: element {position + at} should be 0 or 1, as a BOOL, is {part[at]}. "
                + "The file is damaged; get it again, or write it anew.");
        }
    }
}
