using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A bottleneck adapter after a module, or beside it: h ← h + scale · (U·σ(D·x + d) + u).</summary>
public sealed class BottleneckSite : Site
{
    internal BottleneckSite(LayerFacts facts, BaseLayer layer, BottleneckMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>The matrix D into the bottleneck: [bottleneck, width]. The initial values are those of a new Linear.</summary>
    public Parameter Down => Own[0];

    /// <summary>The bias d: [bottleneck]. The initial values are zero.</summary>
    public Parameter DownBias => Own[1];

    /// <summary>The matrix U out of the bottleneck: [width, bottleneck]. The initial values are zero.</summary>
    public Parameter Up => Own[2];

    /// <summary>The bias u: [width]. The initial values are zero.</summary>
    public Parameter UpBias => Own[3];
}
