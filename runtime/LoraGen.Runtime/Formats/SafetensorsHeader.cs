using System.Buffers.Binary;

namespace LoraGen.Formats;

/// <summary>The part before the tensors: 8 bytes with the length of a JSON text, and the text.</summary>
internal sealed class SafetensorsHeader
{
    public const int PrefixLength = 8;

    /// <summary>The longest text, in bytes, that the reference implementation reads.</summary>
    public const int MostBytes = 100_000_000;

    private SafetensorsHeader(SafetensorsTensor[] tensors, Dictionary<string, SafetensorsTensor> byName, Dictionary<string, string> metadata, long dataStart)
    {
        Tensors = tensors;
        ByName = byName;
        Metadata = metadata;
        DataStart = dataStart;
    }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    public IReadOnlyDictionary<string, SafetensorsTensor> ByName { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The offset of the tensors' bytes in the file.</summary>
    public long DataStart { get; }

    /// <exception cref="InvalidDataException">The source is not a valid safetensors file.</exception>
    public static SafetensorsHeader Read(IByteSource source)
    {
        var text = new byte[TextLength(source)];
        source.Read(PrefixLength, text);
        var tensors = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        SafetensorsHeaderJson.Read(text, source.Name, tensors, metadata);

        var dataStart = PrefixLength + (long)text.Length;
        var ordered = SafetensorsLayout.Order(tensors.Values, source.Name, source.Length - dataStart);
        return new SafetensorsHeader(ordered, tensors, metadata, dataStart);
    }

    private static int TextLength(IByteSource source)
    {
        if (source.Length < PrefixLength)
            throw Error(source, $"it has {source.Length} bytes, and the length of its header alone takes {PrefixLength}");

        Span<byte> prefix = stackalloc byte[PrefixLength];
        source.Read(0, prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MostBytes)
            throw Error(source, $"its first 8 bytes announce a header of {length} bytes, and the most is {MostBytes}");
        if (length > (ulong)(source.Length - PrefixLength))
            throw Error(source, $"its first 8 bytes announce a header of {length} bytes, and only {source.Length - PrefixLength} follow");
        return (int)length;
    }

    private static InvalidDataException Error(IByteSource source, string fault)
    {
        return new InvalidDataException(
            $"{source.Name}: {fault}. It is not a safetensors file, or was cut off; a Git LFS pointer or a saved web page also looks like this. "
            + "Download the file again.");
    }
}
