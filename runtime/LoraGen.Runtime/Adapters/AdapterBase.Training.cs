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

    /// <summary>Notifies the method of an optimizer's step. LoRA, DoRA and IA³ do nothing.</summary>
    /// <param name="step">The number of steps so far, including this one.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public void AfterStep(long step)
    {
        EnsureAttached();
        using var noGrad = no_grad();
        foreach (var site in _sites)
            site.Method.AfterStep(site, step);
    }
}
