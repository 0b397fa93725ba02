using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A checkpoint in one or several safetensors files, open for reading tensors by name. Opening only reads the headers.
/// </summary>
public sealed class SafetensorsCheckpoint : IDisposable
{
    internal const string SingleName = "model.safetensors";
    internal const string IndexName = SingleName + ".index.json";

    private static readonly string[] Names = [SingleName, IndexName];

    private readonly string _path;
    private readonly Dictionary<string, SafetensorsFile> _fileOf = new(StringComparer.Ordinal);

    private SafetensorsCheckpoint(string path, IReadOnlyList<SafetensorsFile> files)
    {
        _path = path;
        Files = files;
        Tensors = [.. files.SelectMany(file => file.Tensors)];
        foreach (var file in files)
        {
            foreach (var tensor in file.Tensors)
                _fileOf.Add(tensor.Name, file);
        }
    }

    /// <summary>Its files, by name.</summary>
    public IReadOnlyList<SafetensorsFile> Files { get; }

    /// <summary>The tensors of all files, file by file, in the order of their bytes; reading them in this order is the fastest.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The description of a tensor in its header.</summary>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name; the message lists the closest names.</exception>
    public SafetensorsTensor this[string name] => FileOf(name)[name];

    /// <summary>Opens a checkpoint and checks that its files are valid and complete.</summary>
    /// <param name="path">
    /// A folder with <c>model.safetensors</c> (preferred to an index, as in Python's transformers) or with <c>model.safetensors.index.json</c> and the files
    /// that it names; or the path of such an index, or of a safetensors file of any name.
    /// </param>
    /// <param name="map">As for <see cref="SafetensorsFile.Open"/>: whether tensors are mapped if possible.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder, or a file that the index names is missing.</exception>
    /// <exception cref="NotSupportedException">
    /// It is a checkpoint in PyTorch's pickle format (<c>.bin</c>, <c>.pth</c>, <c>.pt</c>): the message says how to load it.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged, the index and the files disagree on where a tensor is, or the index names a file outside its folder.
    /// </exception>
    public static SafetensorsCheckpoint Open(string path, bool map = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Directory.Exists(path) ? FileIn(path) : path;
        try
        {
            var files = file.EndsWith(".index.json", StringComparison.Ordinal) ? SafetensorsShards.Open(file, map) : [SafetensorsFile.Open(file, map)];
            return new SafetensorsCheckpoint(path, files);
        }
        catch (InvalidDataException fault) when (PickledCheckpoint.Is(file))
        {
            throw PickledCheckpoint.Refusal(file, fault);
        }
    }

    /// <summary>Whether it has a tensor of that name.</summary>
    public bool Contains(string name) => _fileOf.ContainsKey(name);

    /// <summary>Reads a tensor, as <see cref="SafetensorsFile.Read"/> does: the caller owns it, and changing it never changes the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="device">The target device; by default the CPU.</param>
    /// <param name="dtype">The type to convert to; by default that of the file.</param>
    /// <returns>A contiguous tensor with the shape in the file; it requires no gradient.</returns>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name; the message lists the closest names.</exception>
    /// <exception cref="InvalidDataException">The file was truncated after it was opened, or a BOOL is neither 0 nor 1.</exception>
    /// <exception cref="ObjectDisposedException">The checkpoint is closed.</exception>
    public Tensor Read(string name, Device? device = null, ScalarType? dtype = null) => FileOf(name).Read(name, device, dtype);

    /// <summary>Closes the files. Tensors that were read stay valid.</summary>
    public void Dispose()
    {
        foreach (var file in Files)
            file.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return $"{_path}: {Tensors.Count} tensor{(Tensors.Count == 1 ? "" : "s")} in {Files.Count} file{(Files.Count == 1 ? "" : "s")}";
    }

    /// <summary>Releases the pages that mapped tensors have accessed, as soon as these are disposed.</summary>
    internal void LetPagesGo()
    {
        foreach (var file in Files)
            file.LetPagesGo();
    }

    /// <summary>Whether a folder has a checkpoint that <see cref="Open"/> finds.</summary>
    internal static bool IsIn(string folder) => Names.Any(name => File.Exists(Path.Combine(folder, name)));

    private SafetensorsFile FileOf(string name)
    {
        return _fileOf.TryGetValue(name, out var file) ? file : throw SafetensorsFile.NotFound(_path, name, Tensors);
    }

    private static string FileIn(string folder)
    {
        var found = Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is not null)
            return found;

        var others = Directory.GetFiles(folder, "*.safetensors").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        if (others.Length == 0 && PickledCheckpoint.In(folder) is { } pickled)
            return pickled;

        throw new FileNotFoundException(
            $"{folder} has neither {SingleName} nor {IndexName}. "
            + (others.Length == 0 ? "It has no .safetensors file." : $"Name one of its files instead: {string.Join(", ", others)}."),
            Path.Combine(folder, SingleName));
    }
}
