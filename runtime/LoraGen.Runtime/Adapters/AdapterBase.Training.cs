using System.ComponentModel;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>What a method adds to a training loop.</content>
public abstract partial class AdapterBase
{
    /// <summary>
    /// The scalar that the method adds to the loss: <c>var loss = mse_loss(output, target) + penalty</c>. Null if the method adds nothing, like LoRA, DoRA and
    /// IA³.
    /// </summary>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public Tensor? Penalty()
    {
        EnsureAttached();
        using var scope = NewDisposeScope();
        var penalties = _sites.Select(site => site.Method.Penalty(site)).OfType<Tensor>().ToArray();
        return penalties.Length == 0 ? null : penalties.Aggregate((sum, next) => sum + next).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The trained parameters: those of each site in the order of <see cref="Sites"/>, then those that all sites share. While the adapter is attached, the
    /// trained parameters of the base model follow: those of [Trainable] members, then the biases.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal IReadOnlyList<Parameter> TrainedParameters()
    {
        EnsureNotDisposed();
        return [.. Sets.SelectMany(set => set.Trained), .. IsAttached ? _trained.Parameters : []];
    }
}
