using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>Finds weights of a file that are NaN or infinite.</summary>
internal static class PeftFinite
{
    /// <summary>The tensors with elements that are not finite in the type of the parameter, one line each. Buffers may have such elements.</summary>
    public static IEnumerable<string> Faults(
        IReadOnlyDictionary<string, Tensor> file, IReadOnlyDictionary<string, Tensor> parameters, TrainedTensors trained)
    {
        var buffers = trained.Tensors.Where(tensor => tensor.Parameter is null).SelectMany(tensor => tensor.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, parameter) in parameters.Where(entry => is_floating_point(entry.Value) && !buffers.Contains(entry.Key)))
        {
            using var scope = NewDisposeScope();
            var values = file[key].to(parameter.dtype);
            var count = values.isfinite().logical_not().sum().item<long>();
            if (count > 0)
            {
                yield return $"tensor {key} has {count} of {values.numel()} elements that are NaN or infinite in {parameter.dtype}; "
                    + "attach a new adapter and call Load(folder, allowNonFinite: true) to load them nevertheless";
            }
        }
    }
}
