using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>The parts of the base model that the adapter trains: [Trainable] members and biases.</content>
public abstract partial class AdapterBase
{
    private TrainedTensors _trained = TrainedTensors.None;
    private bool _isForInference;
    private FrozenValues? _base;

    /// <summary>Makes the adapter one for inference: none of its parameters requires a gradient.</summary>
    internal void ComputeOnly()
    {
        foreach (var parameter in TrainedParameters())
            parameter.requires_grad = false;
        _isForInference = true;
    }

    /// <summary>Whether the adapter trains a tensor of the base model.</summary>
    internal bool Trains(nn.Module module, string name) => _trained.Tensors.Any(tensor => tensor.Is(module, name));

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
        RememberBase();
    }

    /// <summary>Remembers the base model's values, which must be the same when those of the trained parts are restored.</summary>
    internal void RememberBase()
    {
        if (IsAttached && _trained.Tensors.Count > 0)
            _base = FrozenValues.Of(_modules);
    }

    // The stored values of the trained parts belong to the base model of that time: with another one they would be a mixture of two checkpoints.
    private string? ChangedBase()
    {
        return _isActive && !IsModelDisposed && _base?.ChangedIn(FrozenValues.Of(_modules)) is var (module, name) ? $"{module.GetName()}.{name}" : null;
    }

    private void EnsureOwnBase(string verb)
    {
        if (ChangedBase() is not { } changed)
            return;

        var trained = _trained.Tensors[0].Path;
        throw new InvalidOperationException(
            $"{changed}: the base model's values have changed while adapter \"{Name}\" trained {trained}; something was loaded into the model "
            + $"(load_state_dict, load). {verb} would put the former model's {trained} into it, so nothing was changed. Dispose the adapter to keep the loaded "
            + "values, and attach it again; next time use LoadCheckpoint, or set IsActive to false before loading.");
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
        var isChanged = ChangedBase() is not null;
        foreach (var tensor in _trained.Tensors)
        {
            if (isChanged)
                tensor.Commit();
            else
                tensor.Release();
        }
    }

    private void CommitTrained()
    {
        foreach (var tensor in _trained.Tensors)
            tensor.Commit();
    }
}
