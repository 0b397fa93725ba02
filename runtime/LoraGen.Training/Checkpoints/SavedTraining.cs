using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LoraGen.Training.Loop;

namespace LoraGen.Training.Checkpoints;

/// <summary>What a checkpoint stores as JSON.</summary>
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
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public void Write(string path)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(stream, this, Options);
        stream.Flush(flushToDisk: true);
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SavedTraining Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SavedTraining>(File.ReadAllBytes(path), Options)
                ?? throw new JsonException("It is null.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new InvalidDataException(
                $"\"{path}\" is not the state of a training: {error.Message} Delete this checkpoint to continue from the one before.", error);
        }
    }
}
