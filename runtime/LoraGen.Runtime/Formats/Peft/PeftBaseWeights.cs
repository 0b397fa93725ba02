using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>
/// The frozen weights that PEFT writes beside an adapter which targets an embedding or a head by one of their usual names: <c>{path}.base_layer.weight</c>.
/// They are compared with the model's own, and never loaded or written.
/// </summary>
internal static class PeftBaseWeights
{
    /// <summary>The layer whose weight a tensor of that name is; null for any other name.</summary>
    public static BaseLayer? LayerOf(string key, string prefix, IReadOnlyList<Site> sites)
    {
        return sites.FirstOrDefault(site => key == $"{prefix}{site.Path}.base_layer.weight")?.Layer;
    }

    /// <summary>Whether it equals the model's weight, in the precision of the narrower of their types.</summary>
    public static bool IsSame(SafetensorsFile file, string key, Tensor? weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return weight is not null
            && weight.is_floating_point()
            && file[key].Shape.SequenceEqual(weight.shape)
            && AreSame(file.Read(key), weight);
    }

    /// <summary>Whether two tensors have the same shape and equal values, in the precision of the narrower of their types.</summary>
    public static bool AreSame(Tensor saved, Tensor own)
    {
        if (!saved.shape.SequenceEqual(own.shape))
            return false;

        var type = saved.dtype.ElementSize() < own.dtype.ElementSize() ? saved.dtype : own.dtype;
        return saved.to(type, own.device).eq(own.to(type)).all().item<bool>();
    }
}
