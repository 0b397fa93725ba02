using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LoraGen.Training.Loop;

namespace LoraGen.Training.Checkpoints;

/// <summary>What a checkpoint stores as JSON, with a hash of its other entries.</summary>
/// <param name="Configuration">What the training depends on.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Random">The state of its generator; null if it has none.</param>
/// <param name="Files">The other files of the checkpoint, see <see cref="CheckpointFiles"/>.</param>
internal sealed record SavedTraining(
    SortedDictionary<string, string> Configuration,
    TrainingProgress Progress,
    ulong? Random,
    [property: JsonRequired] SortedDictionary<string, string> Files)
{
    private const string Hash = "Hash";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public void Write(string path)
    {
        var json = JsonSerializer.SerializeToNode(this, Options)!.AsObject();
        json.Add(Hash, HashOf(json));
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(stream, json, Options);
        stream.Flush(flushToDisk: true);
    }

    /// <param name="path">The file.</param>
    /// <param name="wayOut">What the user can do about damage.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SavedTraining Read(string path, string wayOut)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new JsonException("It is no JSON object.");
            var expected = json[Hash]?.ToString();
            json.Remove(Hash);
            var actual = HashOf(json);
            return actual == expected
                ? json.Deserialize<SavedTraining>(Options)!
                : throw new JsonException($"It was changed after it was saved: SHA-256 {actual}, expected {expected ?? "none"}.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException(
                $"\"{path}\" is not the state of a training: {error.Message} {wayOut}", error);
        }
    }

    // The text of an entry is that of the file, whatever its spaces are.
    private static string HashOf(JsonObject json) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(json.ToJsonString()))).ToLowerInvariant();
}
