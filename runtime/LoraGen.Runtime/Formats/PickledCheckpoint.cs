namespace LoraGen.Formats;

/// <summary>Checkpoints in PyTorch's own format, recognized by their names. Another package reads them.</summary>
internal static class PickledCheckpoint
{
    private const string IndexName = "pytorch_model.bin.index.json";

    private static readonly string[] Extensions = [".bin", ".pth", ".pt"];

    public static bool Is(string file)
    {
        return Path.GetFileName(file) == IndexName || Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The folder's pickled checkpoint; null if it has none.</summary>
    public static string? In(string folder)
    {
        var index = Path.Combine(folder, IndexName);
        if (File.Exists(index))
            return index;

        // A Trainer's folder also has small files, such as training_args.bin: the weights are the largest.
        return Directory.GetFiles(folder).Where(Is).Order(StringComparer.Ordinal).MaxBy(file => new FileInfo(file).Length);
    }

    public static NotSupportedException Refusal(string file, Exception fault)
    {
        var call = Path.GetFileName(file) == IndexName
            ? $"model.load_checkpoint({Quote(Path.GetDirectoryName(file)!)}, {Quote(IndexName)})"
            : $"model.load_py({Quote(file)})";
        return new NotSupportedException(
            $"{file} is not a safetensors file but, by its name, a checkpoint in PyTorch's pickle format: load it with the package "
            + $"TorchSharp.PyBridge, {call}, or save it as safetensors in Python.",
            fault);
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal)}\"";
}
