using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>The values of tensors before a checkpoint was loaded into them.</summary>
internal sealed class EarlierValues : IDisposable
{
    private readonly List<(Tensor Target, Tensor Values)> _kept = [];

    public void Keep(Tensor target)
    {
        using var noGrad = no_grad();
        using var detached = target.detach();
        _kept.Add((target, detached.clone().DetachFromDisposeScope()));
    }

    public void Restore()
    {
        using var noGrad = no_grad();
        foreach (var (target, values) in _kept)
            target.copy_(values);
    }

    public void Dispose()
    {
        foreach (var (_, values) in _kept)
            values.Dispose();
    }
}
