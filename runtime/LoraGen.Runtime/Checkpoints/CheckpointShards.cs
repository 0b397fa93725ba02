using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>The files that a checkpoint's tensors are written to, as Hugging Face divides them: in order, each as large as the limit allows.</summary>
internal sealed class CheckpointShards
{
    private static readonly Dictionary<string, string> Metadata = new(StringComparer.Ordinal) { ["format"] = "pt" };
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private CheckpointShards(IReadOnlyList<SafetensorsPlan> plans) => Plans = plans;

    /// <summary>The layout of each file; everything is checked.</summary>
    public IReadOnlyList<SafetensorsPlan> Plans { get; }

    /// <exception cref="ArgumentException">A name can't be written, or the format doesn't support a tensor's type.</exception>
    public static CheckpointShards Of(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, long maxBytes)
    {
        return new CheckpointShards([.. Split(tensors, maxBytes).Select(shard => SafetensorsPlan.Of(shard, Metadata))]);
    }

    /// <summary>The file's name, from <c>model-00001-of-00003.safetensors</c>; a later version has its number after the first part.</summary>
    public string NameOf(int shard, int version)
    {
        var start = version == 1 ? "model" : string.Create(CultureInfo.InvariantCulture, $"model-{version}");
        return string.Create(CultureInfo.InvariantCulture, $"{start}-{shard + 1:D5}-of-{Plans.Count:D5}.safetensors");
    }

    /// <summary>The text of the index.</summary>
    public byte[] Index(IReadOnlyList<string> names)
    {
        var places = Plans.SelectMany((plan, shard) => plan.Tensors.Select(tensor => (tensor.Entry.Name, Shard: names[shard])));
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Indented))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteNumber("total_size", Plans.Sum(plan => plan.Tensors.Sum(tensor => tensor.Entry.ByteCount)));
            json.WriteEndObject();
            json.WriteStartObject("weight_map");
            foreach (var (name, shard) in places.OrderBy(place => place.Name, StringComparer.Ordinal))
                json.WriteString(name, shard);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    // A tensor that is larger than the limit is alone in its file.
    private static IEnumerable<IReadOnlyList<KeyValuePair<string, Tensor>>> Split(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, long maxBytes)
    {
        var large = new List<IReadOnlyList<KeyValuePair<string, Tensor>>>();
        var shard = new List<KeyValuePair<string, Tensor>>();
        long bytes = 0;
        foreach (var entry in tensors)
        {
            var size = checked(entry.Value.numel() * entry.Value.ElementSize);
            if (size > maxBytes)
            {
                large.Add([entry]);
                continue;
            }

            if (bytes + size > maxBytes)
            {
                large.Add(shard);
                (shard, bytes) = ([], 0);
            }

            shard.Add(entry);
            bytes += size;
        }

        return shard.Count > 0 || large.Count == 0 ? [.. large, shard] : large;
    }
}
