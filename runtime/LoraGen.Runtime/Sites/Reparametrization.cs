using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Sets a Linear's weight to W + the sites' contributions for the time of a call of the model, in a way that gradients reach the sites' parameters:
/// for layers whose calls nothing else sees. TorchSharp replaces the Parameter object each time; the values of W are never copied or changed.
/// </summary>
internal sealed class Reparametrization
{
    private static readonly ConditionalWeakTable<Linear, Reparametrization> Set = [];

    private readonly Linear _linear;
    private readonly Tensor _original;
    private readonly List<Site> _sites = [];

    private Reparametrization(Linear linear)
    {
        using var noGrad = no_grad();
        _linear = linear;

        // The setter disposes the Parameter that it replaces; this is another handle on its values.
        _original = linear.weight.detach().DetachFromDisposeScope();
    }

    /// <summary>The layer's weight before a call set it; null where none is running.</summary>
    public static Tensor? OriginalOf(nn.Module layer) => layer is Linear linear && Set.TryGetValue(linear, out var current) ? current._original : null;

    public static void Begin(nn.Module layer, Site site)
    {
        var linear = (Linear)layer;
        if (Set.TryGetValue(linear, out var stale) && stale._sites.Contains(site))
            End(linear);

        Set.GetValue(linear, static added => new Reparametrization(added)).Add(site);
    }

    /// <summary>Brings W back; also after a call that an exception has ended.</summary>
    public static void End(nn.Module layer)
    {
        if (layer is not Linear linear || !Set.TryGetValue(linear, out var current))
            return;

        linear.weight = new Parameter(current._original, requires_grad: false);
        Set.Remove(linear);
    }

    /// <summary>Lets go of the values of a layer that is disposed.</summary>
    public static void Abandon(nn.Module layer)
    {
        if (layer is not Linear linear || !Set.TryGetValue(linear, out var current))
            return;

        current._original.Dispose();
        Set.Remove(linear);
    }

    private void Add(Site site)
    {
        _sites.Add(site);
        site.WasReached = true;
        using var scope = NewDisposeScope();
        var start = new LayerWeights(_original, _linear.bias);
        var unchanged = MergedWeight.OriginalOf(_linear) ?? start;
        var weight = _sites.Aggregate(start, (sum, next) => ((MergeableMethod)next.Method).Merge(next, sum, unchanged)).Weight;
        _linear.weight = new Parameter(weight, weight.requires_grad);
    }
}
