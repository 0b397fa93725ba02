using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// To be implemented by a module of one's own, a <c>Module&lt;Tensor, Tensor&gt;</c>, that computes y = x·Wᵀ (+ b) as TorchSharp's Linear does:
/// adapters then treat it as one. For a class that one does not own, <see cref="LinearLayerAttribute"/> says the same.
/// </summary>
public interface ILinearLayer
{
    /// <summary>Size of the input's last dimension.</summary>
    long InFeatures { get; }

    /// <summary>Size of the output's last dimension.</summary>
    long OutFeatures { get; }

    /// <summary>
    /// The weight itself, [OutFeatures, InFeatures], a Parameter or a buffer; merging changes it in place. Null where there is no such tensor, as in
    /// a quantised layer: it can be adapted, but not merged.
    /// </summary>
    Tensor? Weight { get; }

    /// <summary>
    /// The bias itself, [OutFeatures]. Null, the default, for the parameter or buffer that the module has registered as <c>bias</c>, if there is one: a class
    /// that keeps a bias under another name must give it here, since methods that scale the output, such as DoRA and IA³, need it.
    /// </summary>
    Tensor? Bias => null;
}
