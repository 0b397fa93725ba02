using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// Sets a Linear's weight to W + the sites' contributions during a call of the model, so that gradients reach the sites' parameters. It is used for layers
/// whose calls can't be seen. TorchSharp replaces the Parameter object each time; the values of W are never copied or changed.
/// </summary>
internal sealed class Reparametrization
{
    private readonly Linear _linear;
    private readonly List<Site> _sites = [];

    private Reparametrization(Linear linear)
    {
        using var noGrad = no_grad();
        _linear = linear;

        // The setter disposes the Parameter that it replaces, but not this second reference to its values.
        Original = linear.weight.detach().DetachFromDisposeScope();
    }

    /// <summary>The layer's weight before the call replaced it.</summary>
    public Tensor Original { get; }

    public static void Begin(nn.Module layer, Site site)
    {
        var state = ModuleState.Of(layer);
        (state.Reparametrization ??= new Reparametrization((Linear)layer)).Add(site);
    }

    /// <summary>Restores W, if it is replaced.</summary>
    public static void End(nn.Module layer)
    {
        if (ModuleState.Of(layer) is not { Reparametrization: { } current } state)
            return;

        current._linear.weight = new Parameter(current.Original, requires_grad: false);
        state.Reparametrization = null;
    }

    /// <summary>Frees the original weight without restoring it.</summary>
    public static void Abandon(nn.Module layer)
    {
        if (ModuleState.Of(layer) is not { Reparametrization: { } current } state)
            return;

        current.Original.Dispose();
        state.Reparametrization = null;
    }

    private void Add(Site site)
    {
        _sites.Add(site);
        site.Reach();
        using var scope = NewDisposeScope();
        var start = new LayerWeights(Original, _linear.bias);
        var unchanged = MergedWeight.OriginalOf(site) ?? start;
        var weight = _sites.Aggregate(start, (sum, next) => ((MergeableMethod)next.Method).Merge(next, sum, unchanged)).Weight;
        _linear.weight = new Parameter(weight, weight.requires_grad);
    }
}
