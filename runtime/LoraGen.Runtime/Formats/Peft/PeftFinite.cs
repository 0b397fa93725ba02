using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>Finds weights of a file that are NaN or infinite.</summary>
internal static class PeftFinite
{
    /// <summary>The tensors with elements that are not finite in the type of the parameter, one line each. Buffers may have such elements.</summary>
    public static IEnumerable<string> Faults(SafetensorsFile file, IReadOnlyDictionary<string, Tensor> parameters, TrainedTensors trained)
    {
        var buffers = trained.Tensors.Where(tensor => tensor.Parameter is null).SelectMany(tensor => tensor.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, parameter) in parameters.Where(entry => is_floating_point(entry.Value) && !buffers.Contains(entry.Key) && file.Contains(entry.Key)))
        {
            using var scope = NewDisposeScope();
            var values = file.Read(key).to(parameter.dtype);
            var count = values.is_floating_point() ? values.isfinite().logical_not().sum().item<long>() : 0;
            if (count > 0)
            {
                yield return $"tensor {key} has {count} of {values.numel()} elements that are NaN or infinite in {parameter.dtype}; "
                    + "attach a new adapter and call Load(folder, allowNonFinite: true) to load them nevertheless";
            }
        }
    }
}
