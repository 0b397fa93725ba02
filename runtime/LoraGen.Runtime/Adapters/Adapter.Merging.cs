namespace LoraGen;

/// <content>The contribution in the base weights.</content>
public abstract partial class Adapter
{
    /// <summary>
    /// Adds the contribution to the base weights: computed in at least float32, rounded once. The model then runs at its own speed; the originals are
    /// kept for <see cref="Unmerge"/>. There is nothing to train until then.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Not attached, inactive, already merged, a weight shared with something outside the sites, or one that would not be finite: none was changed.
    /// </exception>
    public void Merge()
    {
        EnsureNotMerged("it can't be merged twice");
        EnsureSitesMergeable();
        foreach (var site in _sites)
            MergedWeight.Merge(site);
        IsMerged = true;
        Switch();
    }

    /// <summary>Takes the contribution out of the base weights again; after the last adapter they hold their original bits.</summary>
    /// <exception cref="InvalidOperationException">Not merged.</exception>
    public void Unmerge()
    {
        if (!IsMerged)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not merged.");

        EndInterruptedCall();
        foreach (var site in _sites)
            MergedWeight.Unmerge(site);
        IsMerged = false;
        Switch();
    }

    /// <summary>Merges for good: what was merged before is taken out first, unless the sites can't be merged.</summary>
    private protected void Fold()
    {
        EnsureSitesMergeable();
        if (IsMerged)
            Unmerge();
        foreach (var site in _sites)
            MergedWeight.Fold(site);
        SettleTrained();
        Dispose();
    }

    private void EnsureSitesMergeable()
    {
        EnsureAttached();
        EndInterruptedCall();
        if (!IsActive)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not active. Set {nameof(IsActive)} before merging it.");

        foreach (var site in _sites)
        {
            if (site.TiedTo is { } other)
            {
                throw new InvalidOperationException(
                    $"{site.Path}: its weight is also {other}, which merging would change too. Leave the layer out of the targets, or untie the two.");
            }

            MergedWeight.EnsureMergeable(site);
        }
    }
}
