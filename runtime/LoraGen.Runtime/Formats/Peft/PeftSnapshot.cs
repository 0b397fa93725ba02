using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The content of an adapter's two files.</summary>
internal sealed class PeftSnapshot(
    string place, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata, JsonObject config)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Copies the tensors, so that the adapter may be trained further while they are written.</summary>
    public PeftSnapshot Copy()
    {
        using var noGrad = no_grad();
        var copies = tensors.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);
        return new PeftSnapshot(place, copies, metadata, config);
    }

    /// <summary>Frees the tensors of a copy.</summary>
    public void Free()
    {
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
    }

    /// <summary>Writes both files under temporary names, and renames them when both are on the disk. The old files stay if this is cancelled before.</summary>
    public void Write(FileProgress progress)
    {
        progress.ThrowIfCancelled();
        Directory.CreateDirectory(place);
        using var tensorsFile = SafetensorsWriter.Prepare(Path.Combine(place, PeftPlace.TensorsName), tensors, metadata, progress);
        using var configFile = Prepare(Path.Combine(place, PeftConfig.FileName), config);
        progress.ThrowIfCancelled();
        configFile.Replace();
        tensorsFile.Replace();
    }

    private static ReplacedFile Prepare(string path, JsonObject config)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, Indented))
            config.WriteTo(writer);
        return ReplacedFile.Prepare(path, text.Length, file => RandomAccess.Write(file, text.ToArray(), 0));
    }
}
