using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The layout of a new file: its header's bytes, and the tensors in the order of their bytes. Everything is checked here.</summary>
internal sealed class SafetensorsPlan
{
    private const int Alignment = 8;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SafetensorsPlan(byte[] header, (SafetensorsTensor Entry, Tensor Tensor)[] tensors)
    {
        Header = header;
        Tensors = tensors;
    }

    /// <summary>The header with the 8 bytes of its length, padded so that the data is aligned.</summary>
    public byte[] Header { get; }

    public IReadOnlyList<(SafetensorsTensor Entry, Tensor Tensor)> Tensors { get; }

    /// <summary>The length of the whole file.</summary>
    public long Length => Header.Length + (Tensors.Count == 0 ? 0 : Tensors[^1].Entry.End);

    public static SafetensorsPlan Of(IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var given = new List<KeyValuePair<string, Tensor>>();
        foreach (var (name, tensor) in tensors)
        {
            EnsureWritable(name, tensor);
            if (!names.Add(name))
                throw new ArgumentException($"Two tensors are named \"{name}\". Names in a file must be unique.", nameof(tensors));
            given.Add(new(name, tensor));
        }

        // The reference's order: the widest types first, so that each tensor is aligned to its elements; then by name.
        var sorted = given.OrderByDescending(entry => SafetensorsDtype.Rank(entry.Value.dtype)).ThenBy(entry => entry.Key, StringComparer.Ordinal);
        long end = 0;
        (SafetensorsTensor, Tensor)[] placed = [.. sorted.Select(entry => (Place(entry.Key, entry.Value, ref end), entry.Value))];
        return new SafetensorsPlan(HeaderOf(placed.Select(entry => entry.Item1), metadata), placed);
    }

    private static void EnsureWritable(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tensor, $"tensors[\"{name}\"]");
        EnsureUnicode(name);
        if (name == SafetensorsHeaderJson.MetadataName)
            throw new ArgumentException($"No tensor can be named {name}: the name is reserved for the file's metadata. Rename it.");
        if (SafetensorsDtype.Rank(tensor.dtype) < 0)
            throw new ArgumentException($"Tensor \"{name}\" is {tensor.dtype}; a safetensors file holds {SafetensorsDtype.Known}. Convert it first.");
        if (tensor.is_sparse || tensor.is_meta)
        {
            var kind = tensor.is_meta ? "on the meta device and has no data" : "sparse";
            throw new ArgumentException($"Tensor \"{name}\" is {kind}. Make it a dense one first.");
        }
    }

    private static SafetensorsTensor Place(string name, Tensor tensor, ref long end)
    {
        var begin = end;
        end = checked(begin + (tensor.numel() * SafetensorsDtype.SizeOf(tensor.dtype)));
        return new SafetensorsTensor(name, tensor.dtype, tensor.shape, begin, end);
    }

    private static byte[] HeaderOf(IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var text = new ArrayBufferWriter<byte>();
        text.Write(new byte[SafetensorsHeader.PrefixLength]);
        // Only what JSON itself requires is escaped: the text is never part of a web page.
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is not null)
                WriteMetadata(json, metadata);
            foreach (var tensor in tensors)
                WriteTensor(json, tensor);
            json.WriteEndObject();
        }

        var padding = (Alignment - (text.WrittenCount % Alignment)) % Alignment;
        text.Write(Encoding.ASCII.GetBytes(new string(' ', padding)));
        var length = text.WrittenCount - SafetensorsHeader.PrefixLength;
        if (length > SafetensorsHeader.MostBytes)
        {
            throw new ArgumentException(
                $"The header would take {length} bytes, and readers take no more than {SafetensorsHeader.MostBytes}. Write fewer tensors, or less metadata.");
        }

        var header = text.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeaderJson.MetadataName);
        foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            EnsureUnicode(key);
            EnsureUnicode(value);
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafetensorsTensor tensor)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsDtype.NameOf(tensor.Dtype));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(tensor.Begin);
        json.WriteNumberValue(tensor.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void EnsureUnicode(string text)
    {
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            throw new ArgumentException($"\"{text}\" has half a surrogate pair and can't be written as UTF-8. Use another name or text.");
        }
    }
}
