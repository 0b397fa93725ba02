using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter whose contribution can be merged into the base weights.</summary>
public abstract class Adapter : AdapterBase
{
    private protected Adapter(nn.Module model, string name)
        : base(model, name)
    {
    }

    /// <summary>
    /// Adds the contribution to the base weights, computed in at least float32 and rounded once. The model then runs at the base model's speed. The original
    /// weights are kept for <see cref="Unmerge"/>; a merged adapter can't be trained.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The adapter is detached, inactive or merged, a weight is shared with a parameter outside the sites, a merged weight would not be finite, an adapter that
    /// was attached earlier must be merged first, or it was called within a call of the model. No weight was changed.
    /// </exception>
    public void Merge() => Change(nameof(Merge), MergeSites);

    /// <summary>Removes the contribution from the base weights. After the last merged adapter they have their original bits.</summary>
    /// <exception cref="InvalidOperationException">
    /// The adapter is not merged, an adapter that was attached later must be unmerged first, it was called within a call of the model, or something else was
    /// loaded into the weights while they were merged. No weight was changed.
    /// </exception>
    public void Unmerge() => Change(nameof(Unmerge), UnmergeSites);
}
