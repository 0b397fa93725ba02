using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// The biases that PEFT writes three times with <c>bias="all"</c> if their module is in <c>modules_to_save</c>: the trained one under its own name, and again,
/// beside the base model's, under the names that both have within PEFT's wrapper. The two additional ones are compared, and never loaded or written.
/// </summary>
internal static class PeftWrapped
{
    private const string Original = "original_module";
    private const string Saved = "modules_to_save";

    /// <summary>Whether a tensor has such a name.</summary>
    public static bool Has(string key, TrainedTensors trained)
    {
        return trained.Bias == LoraBias.All
            && key.EndsWith(".bias", StringComparison.Ordinal)
            && (OriginalOf(key, trained) ?? SavedOf(key, trained)) is not null;
    }

    /// <summary>What is wrong with a tensor of such a name, as the end of a sentence; null if nothing is.</summary>
    public static string? Fault(SafetensorsFile file, string key, TrainedTensors trained)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (OriginalOf(key, trained) is { } original)
        {
            return PeftBaseWeights.AreSame(file.Read(key), original.Tensor.Originals)
                ? null
                : "differs from the model's bias: the adapter was trained with a changed base, so load that bias into the model first";
        }

        var saved = SavedOf(key, trained)!.Value.Key;
        return file.Contains(saved) && PeftBaseWeights.AreSame(file.Read(key), file.Read(saved))
            ? null
            : $"differs from {saved}, which should be the same bias";
    }

    private static (string Key, TrainedTensor Tensor)? OriginalOf(string key, TrainedTensors trained)
    {
        return Find(Without(key, Original, 1), trained);
    }

    // PEFT only removes the adapter's name from the name of the module's own bias.
    private static (string Key, TrainedTensor Tensor)? SavedOf(string key, TrainedTensors trained)
    {
        return Find(Without(key, Saved, 1), trained) ?? Find(Without(key, Saved, 2), trained);
    }

    // The name without a part of it, and the parts after that.
    private static string? Without(string key, string part, int count)
    {
        var parts = key.Split('.');
        var index = Array.LastIndexOf(parts, part);
        return index > 0 && index + count < parts.Length ? string.Join('.', parts[..index].Concat(parts[(index + count)..])) : null;
    }

    private static (string Key, TrainedTensor Tensor)? Find(string? key, TrainedTensors trained)
    {
        return trained.Tensors.FirstOrDefault(tensor => tensor.IsCopy && tensor.Keys.Contains(key)) is { } tensor ? (key!, tensor) : null;
    }
}
