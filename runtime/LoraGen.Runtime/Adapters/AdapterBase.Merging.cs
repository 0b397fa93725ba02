using LoraGen.Layers;
using LoraGen.Sites;

namespace LoraGen;

/// <content>Merging, for the methods that support it.</content>
public abstract partial class AdapterBase
{
    /// <summary>Whether the contribution is merged into the base weights.</summary>
    public bool IsMerged { get; private set; }

    internal void MergeSites()
    {
        EnsureNotDisposed();
        EnsureNotMerged("it can't be merged twice");
        EnsureSitesMergeable();
        EnsureInOrder(Earlier.Where(other => other.IsActive && !other.IsMerged), "Merge that one first");
        EnsureTrainingReached("Merge");
        foreach (var site in _sites)
            MergedWeight.Merge(site);
        IsMerged = true;
        SwitchTrained();
    }

    internal void UnmergeSites()
    {
        EnsureNotDisposed();
        if (!IsMerged)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not merged.");

        EnsureInOrder(Later.Where(other => other.IsMerged), "Unmerge that one first");
        EnsureAsMerged("Unmerge");
        UnmergeWeights();
    }

    /// <summary>Merges permanently. If the adapter is merged, it is unmerged first.</summary>
    private protected void MergePermanently() => MergePermanently(static _ => { });

    /// <summary>Merges permanently, and quantises each weight again that was quantised, in the same way.</summary>
    private protected QuantizationReport MergeIntoQuantized()
    {
        var reports = new List<QuantizedLayerReport>();
        EnsureInOrder(Later.Where(other => other.IsMerged), "Unmerge that one first");
        var options = _sites.ToDictionary(site => site, site => site.State.Quantized?.Weight.Options);
        if (options.Values.All(each => each is null))
            throw new InvalidOperationException($"Adapter \"{Name}\" has no layer with a quantised weight. Call MergeAndUnload().");

        MergePermanently(site =>
        {
            if (options[site] is { } quantization)
                reports.Add(QuantizedLayer.Quantize(site.Path, (LinearLayer)site.Layer, quantization));
        });
        return new QuantizationReport(reports, []);
    }

    private void MergePermanently(Action<Site> then)
    {
        EnsureSitesMergeable();
        EnsureInOrder(Earlier.Where(other => other.IsActive || other.IsMerged), "MergeAndUnload that one first");
        EnsureTrainingReached("MergeAndUnload");
        if (IsMerged)
        {
            EnsureAsMerged("MergeAndUnload");
            UnmergeWeights();
        }

        foreach (var site in _sites)
        {
            MergedWeight.MergePermanently(site);
            then(site);
        }

        CommitTrained();
        foreach (var adapter in AdaptedModel.AllAdapters)
            adapter.RememberBase();
        Dispose();
    }

    // Restoring the original weights would undo what was loaded, and leave what merging doesn't change: a mixture of two checkpoints.
    private void EnsureAsMerged(string verb)
    {
        if (!IsMerged || _sites.FirstOrDefault(site => !MergedWeight.IsAsWritten(site)) is not { } changed)
            return;

        throw new InvalidOperationException(
            $"{changed.Path}: the weight is not the one that Merge wrote; something was loaded into the model (load_state_dict, load) while adapter \"{Name}\" "
            + $"was merged. {verb} would replace it by the original weight of {changed.Path}, so nothing was changed. Dispose the adapter to keep the loaded "
            + "weights, and attach it again; next time unmerge it before loading.");
    }

    private void UnmergeWeights()
    {
        foreach (var site in _sites)
            MergedWeight.Unmerge(site);
        IsMerged = false;
        SwitchTrained();
    }

    private void EnsureSitesMergeable()
    {
        EnsureAttached();
        if (!IsActive)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not active. Set {nameof(IsActive)} before merging it.");

        foreach (var site in _sites)
        {
            if (site.TiedTo is { } other)
            {
                throw new InvalidOperationException(
                    $"{site.Path}: its weight is also {other}, which merging would change too. Leave the layer out of the targets, or untie the weights.");
            }

            MergedWeight.EnsureMergeable(site);
        }
    }
}
