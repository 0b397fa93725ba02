using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A layer's weight while sites are merged into it. It is always the original with the merged sites' contributions, computed in at least float32
/// and rounded once, so that sites can be unmerged in any order and the last one leaves the original bits.
/// </summary>
internal sealed class MergedWeight
{
    private static readonly ConditionalWeakTable<nn.Module, MergedWeight> Merged = [];

    private readonly Tensor _original;
    private readonly List<Site> _sites = [];

    private MergedWeight(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _original = WeightOf(site).clone().DetachFromDisposeScope();
    }

    /// <summary>Throws when merging the site would leave something in the weight that is not finite; the weight is not touched.</summary>
    public static void EnsureMergeable(Site site)
    {
        site.EnsureMergeable();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var weight = WeightOf(site);
        var merged = Sum(weight, [site]);
        if (!merged.isfinite().all().item<bool>())
        {
            throw new InvalidOperationException(
                $"{site.Path}: the merged weight is not finite in {weight.dtype}. Some of the site's parameters are NaN, infinite or too large; "
                + "nothing was merged.");
        }
    }

    public static void Merge(Site site)
    {
        var merged = Merged.GetValue(site.Module, _ => new MergedWeight(site));
        merged._sites.Add(site);
        merged.Write(site);
    }

    public static void Unmerge(Site site)
    {
        if (!Merged.TryGetValue(site.Module, out var merged))
            return;

        merged._sites.Remove(site);
        merged.Write(site);
        if (merged._sites.Count > 0)
            return;

        Merged.Remove(site.Module);
        merged._original.Dispose();
    }

    /// <summary>Lets go of the original of a layer that is disposed.</summary>
    public static void Abandon(Site site)
    {
        if (!Merged.TryGetValue(site.Module, out var merged))
            return;

        Merged.Remove(site.Module);
        merged._original.Dispose();
    }

    /// <summary>Makes the site's contribution part of the original: it can't be undone.</summary>
    public static void Fold(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (!Merged.TryGetValue(site.Module, out var merged))
        {
            var weight = WeightOf(site);
            weight.copy_(Sum(weight, [site]));
            return;
        }

        merged._original.copy_(Sum(merged._original, [site]));
        merged.Write(site);
    }

    private static Tensor WeightOf(Site site)
    {
        return site.Layer.Weight is { } weight && weight.is_floating_point()
            ? weight
            : throw new InvalidOperationException(
                $"{site.Path}: the layer has no floating-point weight to merge into (it is quantised, or keeps it to itself). Leave the adapter attached.");
    }

    private static Tensor Sum(Tensor original, IEnumerable<Site> sites)
    {
        var computed = original.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var sum = original.to(computed, copy: true);
        foreach (var site in sites)
            sum = site.MergeInto(sum);
        return sum.to(original.dtype);
    }

    private void Write(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        WeightOf(site).copy_(_sites.Count == 0 ? _original : Sum(_original, _sites));
    }
}
