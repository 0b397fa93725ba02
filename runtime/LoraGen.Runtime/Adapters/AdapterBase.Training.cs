using static TorchSharp.torch;

namespace LoraGen;

/// <content>What a method does in a training loop beside the layers' calls.</content>
public abstract partial class AdapterBase
{
    /// <summary>
    /// What the method adds to the loss, a scalar: <c>var loss = mse_loss(output, target) + penalty</c>. Null where it adds nothing, as LoRA, DoRA and IA³ do.
    /// </summary>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public Tensor? Penalty()
    {
        EnsureAttached();
        using var scope = NewDisposeScope();
        var penalties = _sites.Select(site => site.Method.Penalty(site)).OfType<Tensor>().ToArray();
        return penalties.Length == 0 ? null : penalties.Aggregate((sum, next) => sum + next).MoveToOuterDisposeScope();
    }

    /// <summary>Tells the method that the optimizer took a step. LoRA, DoRA and IA³ do nothing then.</summary>
    /// <param name="step">How many steps were taken, this one included.</param>
    /// <exception cref="InvalidOperationException">The adapter is detached.</exception>
    public void AfterStep(long step)
    {
        EnsureAttached();
        using var noGrad = no_grad();
        foreach (var site in _sites)
            site.Method.AfterStep(site, step);
    }
}
