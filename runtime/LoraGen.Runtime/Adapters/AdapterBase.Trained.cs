using LoraGen.Sites;

namespace LoraGen;

/// <content>The parts of the base model that the adapter trains: [Trainable] members and biases.</content>
public abstract partial class AdapterBase
{
    private TrainedTensors _trained = TrainedTensors.None;
    private bool _isForInference;

    /// <summary>Makes the adapter one for inference: none of its parameters requires a gradient.</summary>
    internal void ComputeOnly()
    {
        foreach (var parameter in Parameters())
            parameter.requires_grad = false;
        _isForInference = true;
    }

    /// <summary>Restores the base model's own values, before a checkpoint is loaded into it.</summary>
    internal void SuspendTrained()
    {
        foreach (var tensor in _trained.Tensors)
            tensor.Suspend();
    }

    /// <summary>Sets the adapter's values again, if it is active.</summary>
    internal void ResumeTrained()
    {
        if (!IsActive)
            return;

        foreach (var tensor in _trained.Tensors)
            tensor.Resume(Name);
        SwitchTrained();
    }

    private void EnsureTrainsAlone()
    {
        foreach (var tensor in _trained.Tensors)
            tensor.EnsureFree(Name);
    }

    private void SwitchTrained()
    {
        if (!IsAttached)
            return;

        foreach (var tensor in _trained.Tensors)
        {
            if (_isActive)
                tensor.Activate(Name);
            else
                tensor.Deactivate();
            tensor.RequireGrad(_isActive && !IsMerged && !_isForInference);
        }
    }

    private void ReleaseTrained()
    {
        foreach (var tensor in _trained.Tensors)
            tensor.Release();
    }

    private void CommitTrained()
    {
        foreach (var tensor in _trained.Tensors)
            tensor.Commit();
    }
}
