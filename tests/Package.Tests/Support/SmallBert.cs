using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Package.Tests.Support;

/// <summary>A folder in Hugging Face's layout with a BERT of one layer, 384 wide, of random weights.</summary>
internal static class SmallBert
{
    private const int Width = 384;

    /// <summary>The words of its vocabulary.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "good", "bad", "it", "was", "to", "see", "again", "the", "a", "of", "and", "in", "that", "on", "with", "as", "for", "this", "at", "by",
    ];

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), [.. (string[])["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], .. Words]);
        File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), Safetensors());
    }

    private static IEnumerable<(string Name, int[] Shape)> Tensors()
    {
        yield return ("embeddings.word_embeddings.weight", [40, Width]);
        yield return ("embeddings.position_embeddings.weight", [512, Width]);
        yield return ("embeddings.token_type_embeddings.weight", [2, Width]);
        const string Layer = "encoder.layer.0";
        foreach (var norm in new[] { "embeddings", $"{Layer}.attention.output", $"{Layer}.output" })
        {
            yield return ($"{norm}.LayerNorm.weight", [Width]);
            yield return ($"{norm}.LayerNorm.bias", [Width]);
        }

        foreach (var (name, outputs, inputs) in new[]
        {
            ($"{Layer}.attention.self.query", Width, Width), ($"{Layer}.attention.self.key", Width, Width), ($"{Layer}.attention.self.value", Width, Width),
            ($"{Layer}.attention.output.dense", Width, Width), ($"{Layer}.intermediate.dense", 4 * Width, Width), ($"{Layer}.output.dense", Width, 4 * Width),
            ("pooler.dense", Width, Width),
        })
        {
            yield return ($"{name}.weight", [outputs, inputs]);
            yield return ($"{name}.bias", [outputs]);
        }
    }

    private static byte[] Safetensors()
    {
        var header = new Dictionary<string, object>();
        var random = new Random(1);
        using var data = new MemoryStream();
        foreach (var (name, shape) in Tensors())
        {
            var start = data.Length;
            var isNorm = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal);
            var values = Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => isNorm ? 1 : (random.NextSingle() - 0.5f) * 0.1f).ToArray();
            data.Write(MemoryMarshal.AsBytes<float>(values));
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { start, data.Length } };
        }

        var text = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        var size = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(size, text.Length);
        return [.. size, .. text, .. data.ToArray()];
    }
}
