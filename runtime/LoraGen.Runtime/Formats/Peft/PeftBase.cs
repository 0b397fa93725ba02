using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The base model of an adapter that is saved or loaded.</summary>
/// <param name="Parameters">Its parameters, in the order of its state_dict.</param>
/// <param name="ValuesOf">A parameter's values without those of adapters.</param>
internal sealed record PeftBase(IReadOnlyList<BaseParameter> Parameters, Func<BaseParameter, Tensor> ValuesOf)
{
    private const int MostNamed = 3;

    public BaseFingerprint Fingerprint(IReadOnlyList<Site> sites, TrainedTensors trained) => BaseFingerprint.Of(Parameters, sites, trained, ValuesOf);

    /// <summary>What differs from the base model with which a file was saved, as sentences; empty if nothing does or the file doesn't tell.</summary>
    /// <param name="saved">The fingerprint in the file.</param>
    /// <param name="name">The name of that base model.</param>
    /// <param name="own">The fingerprint of this base model.</param>
    /// <returns>Whether names or shapes differ, the weights that do, and how they are quantised.</returns>
    public (string? Shapes, string? Weights, string? Quantization) Differences(BaseFingerprint saved, string? name, BaseFingerprint own)
    {
        var with = name is null ? "with which the adapter was saved" : $"\"{name}\", with which the adapter was saved";
        var shapes = saved.Shapes == own.Shapes
            ? null
            : $"the base model is not the one {with}: names or shapes of parameters outside of the adapted layers differ";
        var differing = saved.Differing(Parameters, ValuesOf);
        var weights = differing.Count == 0
            ? null
            : $"the base model has other weights than the one {with}: {differing.Count} of {saved.Weights.Count} compared differ, such as "
                + string.Join(", ", differing.Take(MostNamed));
        var quantization = saved.Quantization == own.Quantization
            ? null
            : $"the adapted layers' weights are {Told(own.Quantization)}, but they were {Told(saved.Quantization)} when the adapter was saved, so the outputs "
                + "differ by the errors of the quantisation";
        return (shapes, weights, quantization);

        static string Told(string? quantization) => quantization is null ? "not quantised" : $"quantised ({quantization})";
    }
}
