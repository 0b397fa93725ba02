using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Implemented by a user-defined module, a <c>Module&lt;Tensor, Tensor&gt;</c>, that computes y = x·Wᵀ (+ b) as TorchSharp's Linear does: adapters then treat
/// it as a linear layer. For a class that can't be changed, use <see cref="LinearLayerAttribute"/>.
/// </summary>
public interface ILinearLayer
{
    /// <summary>Size of the input's last dimension.</summary>
    long InFeatures { get; }

    /// <summary>Size of the output's last dimension.</summary>
    long OutFeatures { get; }

    /// <summary>
    /// The weight itself, [OutFeatures, InFeatures], a Parameter or a buffer; merging changes it in place. Null if there is no such tensor, as in a quantised
    /// layer: it can be adapted, but not merged.
    /// </summary>
    Tensor? Weight { get; }

    /// <summary>
    /// The bias itself, [OutFeatures]. Null, the default, for the parameter or buffer that the module has registered as <c>bias</c>, if there is one: a class
    /// that stores its bias under another name must return it here, because methods that scale the output, such as DoRA and IA³, need it.
    /// </summary>
    Tensor? Bias => null;
}
