using LoraGen.Sites;

namespace LoraGen;

/// <content>Merging, for the methods that support it.</content>
public abstract partial class AdapterBase
{
    /// <summary>Whether the contribution is merged into the base weights.</summary>
    public bool IsMerged { get; private set; }

    internal void MergeSites()
    {
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
        if (!IsMerged)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not merged.");

        EnsureInOrder(Later.Where(other => other.IsMerged), "Unmerge that one first");
        UnmergeWeights();
    }

    /// <summary>Merges permanently. If the adapter is merged, it is unmerged first.</summary>
    private protected void MergePermanently()
    {
        EnsureSitesMergeable();
        EnsureInOrder(Earlier.Where(other => other.IsActive || other.IsMerged), "MergeAndUnload that one first");
        EnsureTrainingReached("MergeAndUnload");
        if (IsMerged)
            UnmergeWeights();
        foreach (var site in _sites)
            MergedWeight.MergePermanently(site);
        CommitTrained();
        Dispose();
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
