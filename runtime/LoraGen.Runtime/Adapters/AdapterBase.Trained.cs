namespace LoraGen;

/// <content>What trains of the base model itself.</content>
public abstract partial class AdapterBase
{
    private TrainedTensors _trained = TrainedTensors.None;
    private bool _isForInference;

    /// <summary>From here on nothing requires a gradient.</summary>
    internal void ComputeOnly()
    {
        foreach (var parameter in Parameters())
            parameter.requires_grad = false;
        _isForInference = true;
    }

    /// <summary>Puts the base model's own values into the model, since a checkpoint of it is to be loaded.</summary>
    internal void SuspendTrained()
    {
        foreach (var tensor in _trained.Tensors)
            tensor.Suspend();
    }

    /// <summary>Puts the adapter's values back, if it is active.</summary>
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
