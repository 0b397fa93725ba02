using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// A layer's weight and bias while sites are merged into them. They are always computed from the originals, with the merged sites in the order of attaching, in
/// at least float32, and rounded once. So sites can be unmerged in any order, and the original bits are restored with the last one.
/// </summary>
internal sealed class MergedWeight
{
    // One entry for each layer that has the weight; the weight of the first is used for all. A quantised weight is restored when it is needed.
    private readonly (Tensor? Weight, Tensor? Bias)[] _originals;
    private QuantizedLayer? _quantized;
    private readonly List<Site> _sites = [];
    private float[] _values = [];
    private bool _hasChangedBias;

    private MergedWeight(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _quantized = site.State.Quantized;
        _originals = [.. site.Layers.Select(layer => (_quantized is null ? Kept(WeightOf(site, layer)) : null, Kept(layer.Bias)))];
        _quantized?.Open();
    }

    /// <summary>Returns the weight and bias of the layer before merging; null if nothing is merged.</summary>
    public static LayerWeights? OriginalOf(Site site) => site.State.Merged?.Original(0);

    /// <summary>Returns the bias that one of the site's layers had before merging.</summary>
    public static Tensor? OriginalBiasOf(Site site, BaseLayer layer)
    {
        if (site.State.Merged is { } merged)
        {
            for (var i = 0; i < merged._originals.Length; i++)
            {
                if (ReferenceEquals(merged._sites[0].Layers[i].Module, layer.Module))
                    return merged._originals[i].Bias;
            }
        }

        return layer.Bias;
    }

    /// <summary>Throws if the merged weight or bias would not be finite. It doesn't change the weight.</summary>
    public static void EnsureMergeable(Site site)
    {
        site.Layer.EnsureMergeable(site.Path);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var layer in site.Layers)
        {
            var live = new LayerWeights(QuantizedLayer.Of(layer.Module)?.Weight.Dequantize() ?? WeightOf(site, layer), layer.Bias);
            if (!IsFinite(live.Weight, live.Weight) || (live.Bias is { } own && !IsFinite(own, own)))
                throw new InvalidOperationException($"{site.Path}: the base model's weight or bias has values that are not finite; nothing was merged.");

            var (merged, changesBias) = Sum(live, BaseWeights.Of(site).Weight, [site]);
            EnsureNotTrained(site, layer, changesBias);
            if (!IsFinite(merged.Weight, live.Weight) || (live.Bias is { } bias && !IsFinite(merged.Bias!, bias)))
            {
                throw new InvalidOperationException(
                    $"{site.Path}: the merged weight is not finite in {live.Weight.dtype}. Some of the site's parameters are NaN, infinite or too large; "
                    + "nothing was merged.");
            }
        }
    }

    /// <summary>
    /// Whether the weight is what merging wrote. It is not if something else was loaded into it meanwhile, which restoring the original would undo. If the
    /// adapter's own parameters have changed since, such as by a step of an optimizer, what was written is not known, and the original is restored.
    /// </summary>
    public static bool IsAsWritten(Site site)
    {
        if (site.State.Merged is not { } merged || !merged._values.SequenceEqual(merged.Values()))
            return true;

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var original = merged.Original(0);
        var (written, changesBias) = Sum(original, original.Weight, merged._sites);
        return IsSame(written.Weight, original.Weight, WeightOf(site, site.Layer))
            && (!changesBias || IsSame(written.Bias!, original.Bias!, site.Layer.Bias!));
    }

    public static void Merge(Site site)
    {
        var merged = site.State.Merged ??= new MergedWeight(site);
        merged._sites.Add(site);
        merged._sites.Sort((one, other) => one.Adapter.Order.CompareTo(other.Adapter.Order));
        merged.Write(site);
    }

    /// <summary>Removes the site from the weight; a weight that is not what merging wrote is left as it is.</summary>
    public static void Unmerge(Site site)
    {
        if (site.State.Merged is not { } merged)
            return;

        var isAsWritten = IsAsWritten(site);
        merged._sites.Remove(site);
        if (!isAsWritten)
        {
            Abandon(site);
            return;
        }

        if (merged._sites.Count > 0)
        {
            merged.Write(site);
            return;
        }

        merged.Restore(site);
        Abandon(site);
    }

    /// <summary>Frees the originals without restoring them.</summary>
    public static void Abandon(Site site)
    {
        site.State.Merged?.Dispose();
        site.State.Merged = null;
    }

    /// <summary>Merges the site into the originals, which can't be undone.</summary>
    public static void MergePermanently(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var merged = site.State.Merged;
        if (site.State.Quantized is { } quantized)
        {
            quantized.Replace(quantized.Weight.Dequantize());
            merged?.KeepFloat(WeightOf(site, site.Layer));
        }

        for (var i = 0; i < site.Layers.Count; i++)
        {
            var weights = merged?.Original(i) ?? new LayerWeights(WeightOf(site, site.Layers[i]), site.Layers[i].Bias);
            var (next, changesBias) = Sum(weights, weights.Weight, [site]);
            if (i == 0)
                weights.Weight.copy_(next.Weight);
            if (changesBias)
                weights.Bias!.copy_(next.Bias!);
        }

        merged?.Write(site);
    }

    /// <summary>Whether merging has changed a parameter of the module.</summary>
    public bool Changes(BaseParameter parameter)
    {
        return _sites.SelectMany(site => site.Layers)
            .Any(layer => ReferenceEquals(layer.Module, parameter.Module) && (_hasChangedBias || layer.IsWeight(parameter)));
    }

    // The other adapter's optimizer would go on from the merged values, and neither could be undone.
    private static void EnsureNotTrained(Site site, BaseLayer layer, bool changesBias)
    {
        var state = ModuleState.Of(layer.Module);
        foreach (var (name, parameter) in layer.Module.named_parameters(recurse: false))
        {
            if (state.TrainedBy.TryGetValue(name, out var trainer)
                && trainer != site.Adapter.Name
                && (changesBias || layer.IsWeight(new BaseParameter(site.Path, layer.Module, name, parameter))))
            {
                throw new InvalidOperationException(
                    $"{site.Path}: the active adapter \"{trainer}\" trains the {MemberName.Clean(name)} of the layer, which merging \"{site.Adapter.Name}\" "
                    + $"would change. Set the IsActive of \"{trainer}\" to false, or MergeAndUnload it, first.");
            }
        }
    }

    private static Tensor WeightOf(Site site, BaseLayer layer)
    {
        return layer.Weight is { } weight && weight.is_floating_point()
            ? weight
            : throw new InvalidOperationException(
                $"{site.Path}: the layer has no floating-point weight to merge into (it is quantised, or its weight is not accessible). "
                + "Leave the adapter attached.");
    }

    // Computes in at least float32, and returns whether the bias differs from the original.
    private static (LayerWeights Weights, bool ChangesBias) Sum(LayerWeights original, Tensor baseWeight, IEnumerable<Site> sites)
    {
        var type = original.Weight.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var start = new LayerWeights(original.Weight.to(type), original.Bias?.to(type));
        var unchanged = start with { Weight = baseWeight.to(type) };
        var sum = sites.Aggregate(start, (weights, site) => ((MergeableMethod)site.Method).Merge(site, weights, unchanged));
        return (sum, !ReferenceEquals(sum.Bias, start.Bias));
    }

    // The model may have been moved or converted, also to a type of 16 bits and back. The sum may be rounded in another order than when it was written.
    private static bool IsSame(Tensor computed, Tensor original, Tensor live)
    {
        var written = computed.to(original.dtype);
        return IsSame(written, live)
            || IsSame(written.to(ScalarType.BFloat16), live)
            || IsSame(written.to(ScalarType.Float16), live);
    }

    private static bool IsSame(Tensor written, Tensor live)
    {
        var converted = written.to(live.dtype, live.device).to(ScalarType.Float64);
        var difference = (live.to(ScalarType.Float64) - converted).abs();
        return difference.numel() == 0 || difference.max().item<double>() <= 2 * Epsilon(live.dtype) * converted.abs().max().item<double>();
    }

    private static double Epsilon(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => Math.Pow(2, -52),
        ScalarType.Float32 => Math.Pow(2, -23),
        ScalarType.Float16 => Math.Pow(2, -10),
        _ => Math.Pow(2, -7),
    };

    private static bool IsFinite(Tensor computed, Tensor like) => computed.to(like.dtype).isfinite().all().item<bool>();

    private static Tensor? Kept(Tensor? tensor) => tensor?.clone().DetachFromDisposeScope();

    // A quantised weight is a new tensor of the caller's dispose scope.
    private LayerWeights Original(int layer)
    {
        var (weight, bias) = _originals[layer];
        return new LayerWeights(weight ?? _quantized!.Weight.Dequantize(), bias);
    }

    private void KeepFloat(Tensor weight) => (_quantized, _originals[0].Weight) = (null, Kept(weight));

    private void Restore(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < _originals.Length; i++)
        {
            if (_hasChangedBias)
                site.Layers[i].Bias!.copy_(_originals[i].Bias!);
        }

        if (_quantized is null)
            WeightOf(site, site.Layer).copy_(_originals[0].Weight!);
        else
            _quantized.Close();
    }

    private void Write(Site site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var changed = _hasChangedBias;
        for (var i = 0; i < _originals.Length; i++)
        {
            var layer = site.Layers[i];
            var (merged, changesBias) = Sum(Original(i), Original(0).Weight, _sites);
            if (i == 0)
                WeightOf(site, layer).copy_(merged.Weight);

            // A bias that no site changes is not written, because it may be trained.
            if (changesBias || changed)
                layer.Bias!.copy_(merged.Bias!);
            _hasChangedBias = changesBias;
        }

        _values = [.. Values()];
    }

    // A few of the values from which the weight was computed.
    private IEnumerable<float> Values() => _sites.SelectMany(site => site.Parameters).SelectMany(parameter => BaseSample.Of(parameter).Values);

    private void Dispose()
    {
        foreach (var (weight, bias) in _originals)
        {
            weight?.Dispose();
            bias?.Dispose();
        }
    }
}
