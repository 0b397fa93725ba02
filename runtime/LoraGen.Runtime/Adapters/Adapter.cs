using static TorchSharp.torch;

namespace LoraGen;

/// <summary>An adapter whose contribution the base weights can hold.</summary>
public abstract class Adapter : AdapterBase
{
    private protected Adapter(nn.Module model, string name)
        : base(model, name)
    {
    }

    /// <summary>
    /// Puts the contribution into the base weights: computed in at least float32, rounded once. The model then runs at its own speed; the originals are
    /// kept for <see cref="Unmerge"/>. There is nothing to train until then.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Not attached, inactive, already merged, a weight shared with something outside the sites, one that would not be finite, or an adapter that was
    /// attached before must be merged first: none was changed.
    /// </exception>
    public void Merge() => Change(nameof(Merge), MergeSites);

    /// <summary>Takes the contribution out of the base weights again; after the last adapter they hold their original bits.</summary>
    /// <exception cref="InvalidOperationException">Not merged, or an adapter that was attached later must be unmerged first.</exception>
    public void Unmerge() => Change(nameof(Unmerge), UnmergeSites);
}
