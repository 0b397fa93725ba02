using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>IA³ on a layer: its output, bias included, or its input is multiplied by a vector.</summary>
public sealed class Ia3Site : Site
{
    internal Ia3Site(LayerFacts facts, BaseLayer layer, Ia3Method method, ScalarType? dtype)
        : base(facts, layer, method, dtype) => IsFeedForward = method.ScalesInput(facts);

    /// <summary>
    /// The factors: [out, 1], on a feed-forward layer [1, in], on a convolution [1, out, 1…] or [1, in, 1…]. The initial values are one.
    /// </summary>
    public Parameter Scale => Own[0];

    /// <summary>Whether the input is scaled instead of the output.</summary>
    public bool IsFeedForward { get; private set; }

    internal override void ShareWith(Site first)
    {
        base.ShareWith(first);
        IsFeedForward = ((Ia3Site)first).IsFeedForward;
    }
}
