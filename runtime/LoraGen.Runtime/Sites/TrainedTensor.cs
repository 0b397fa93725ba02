using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A tensor of the base model that an adapter trains beside its sites. There are two sets of values for it, the adapter's and the base model's: one stands in
/// the module, the other is kept here. The module's Parameter object stays the same, so that an optimizer may hold it.
/// </summary>
internal sealed class TrainedTensor
{
    private readonly IReadOnlyList<TrainedPlace> _places;
    private Tensor? _kept;
    private bool _isActive;
    private bool _isNew;

    /// <param name="places">Where it stands: several for a shared one.</param>
    public TrainedTensor(IReadOnlyList<TrainedPlace> places) => _places = places;

    /// <summary>Its names in PEFT's files.</summary>
    public IEnumerable<string> Keys => _places.Select(place => place.Key);

    /// <summary>Its name in the model's state_dict.</summary>
    public string Path => Place.Path;

    /// <summary>The modules that have it.</summary>
    public IEnumerable<nn.Module> Modules => _places.Select(place => place.Module);

    /// <summary>Whether it is of a module that trains whole, of which PEFT counts the original and the copy; else it is a bias.</summary>
    public bool IsCopy => _places.Any(place => place.IsCopy);

    /// <summary>The module's own, whichever values are in it. Asked for anew each time: moving a model replaces its parameters.</summary>
    public Parameter? Parameter => Place.Module.named_parameters(recurse: false).FirstOrDefault(named => named.name == Place.Name).parameter;

    /// <summary>The adapter's values: live while they are in the module.</summary>
    public Tensor Values => _isActive || _kept is null ? Live : _kept;

    private TrainedPlace Place => _places[0];

    private Tensor Live => Parameter ?? Place.Module.named_buffers(recurse: false).First(named => named.name == Place.Name).buffer;

    /// <summary>Throws where another adapter's values are in use there.</summary>
    public void EnsureFree(string adapter)
    {
        foreach (var place in _places)
        {
            if (!_isActive && ModuleState.Of(place.Module).TrainedBy.TryGetValue(place.Name, out var user))
            {
                throw new InvalidOperationException(
                    $"Adapter \"{adapter}\": {place.Path} holds the values that the active adapter \"{user}\" trains, and two can't be in use at once. "
                    + $"Set that one's IsActive to false first (ActivateOnly() does so).");
            }
        }
    }

    /// <summary>Puts the adapter's values into the module; at first they are the base model's.</summary>
    public void Activate(string adapter)
    {
        if (_isActive)
            return;

        if (_kept is null)
            _kept = Copy(Live);
        else
            Exchange();
        foreach (var place in _places)
            ModuleState.Of(place.Module).TrainedBy[place.Name] = adapter;
        _isActive = true;
    }

    /// <summary>Puts the base model's values into the module. A gradient goes too: an optimizer's step must not reach the base model.</summary>
    public void Deactivate()
    {
        if (!_isActive)
            return;

        RequireGrad(false);
        if (Parameter is { } parameter)
            parameter.grad = null;
        Exchange();
        Leave();
    }

    public void RequireGrad(bool required)
    {
        if (Parameter is { } parameter && is_floating_point(parameter))
            parameter.requires_grad = required;
    }

    /// <summary>Makes way for a checkpoint of the base model.</summary>
    public void Suspend()
    {
        _isNew = _isActive && IsUntouched();
        Deactivate();
    }

    /// <summary>Comes back after it. Values that had not been trained yet follow those that were loaded.</summary>
    public void Resume(string adapter)
    {
        if (_isNew)
            Forget();
        Activate(adapter);
    }

    /// <summary>Leaves the adapter's values in the module for good.</summary>
    public void Commit()
    {
        RequireGrad(false);
        Leave();
        Forget();
    }

    /// <summary>Frees the values of a module that is disposed.</summary>
    public void Abandon()
    {
        Leave();
        Forget();
    }

    /// <summary>Leaves the module as it was, and frees the adapter's values.</summary>
    public void Release()
    {
        Deactivate();
        Forget();
    }

    private static Tensor Copy(Tensor tensor)
    {
        using var noGrad = no_grad();
        return tensor.clone().DetachFromDisposeScope();
    }

    private void Exchange()
    {
        using var noGrad = no_grad();
        var live = Live;
        var values = Copy(live);
        live.copy_(_kept!);
        _kept!.Dispose();
        _kept = values;
    }

    private bool IsUntouched()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var live = Live;
        return live.eq(_kept!.to(live.dtype, live.device)).all().item<bool>();
    }

    private void Leave()
    {
        _isActive = false;
        foreach (var place in _places)
            ModuleState.Of(place.Module).TrainedBy.Remove(place.Name);
    }

    private void Forget()
    {
        _kept?.Dispose();
        _kept = null;
    }
}
