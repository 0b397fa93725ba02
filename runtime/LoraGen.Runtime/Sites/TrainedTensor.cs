using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>
/// A tensor of the base model that an adapter trains in addition to its sites. It has two sets of values, the adapter's and the base model's: one is in the
/// module, the other is stored here. The module's Parameter object stays the same, so that an optimizer may hold it.
/// </summary>
internal sealed class TrainedTensor
{
    private readonly IReadOnlyList<TrainedPlace> _places;
    private Tensor? _kept;
    private bool _isActive;
    private bool _isNew;

    /// <param name="places">The tensor's names; a shared tensor has several.</param>
    public TrainedTensor(IReadOnlyList<TrainedPlace> places) => _places = places;

    /// <summary>The tensor's names in PEFT's files.</summary>
    public IEnumerable<string> Keys => _places.Select(place => place.Key);

    /// <summary>The tensor's name in the model's state_dict.</summary>
    public string Path => Place.Path;

    /// <summary>The names with which the tensor is registered in a module.</summary>
    public IEnumerable<string> NamesIn(nn.Module module) => _places.Where(place => ReferenceEquals(place.Module, module)).Select(place => place.Name);

    /// <summary>The modules that have the tensor.</summary>
    public IEnumerable<nn.Module> Modules => _places.Select(place => place.Module);

    /// <summary>Whether the whole module is trained, of which PEFT counts the original and the copy; otherwise the tensor is a bias.</summary>
    public bool IsCopy => _places.Any(place => place.IsCopy);

    /// <summary>The module's parameter, with either values; null for a buffer. It is read each time, because moving a model replaces its parameters.</summary>
    public Parameter? Parameter => Place.Module.named_parameters(recurse: false).FirstOrDefault(named => named.name == Place.Name).parameter;

    /// <summary>The adapter's values: the module's tensor while it holds them.</summary>
    public Tensor Values => _isActive || _kept is null ? Live : _kept;

    /// <summary>Whether the tensor is registered in the module with the name.</summary>
    public bool Is(nn.Module module, string name) => _places.Any(place => ReferenceEquals(place.Module, module) && place.Name == name);

    /// <summary>The base model's own values.</summary>
    public Tensor Originals => _isActive ? _kept! : Live;

    private TrainedPlace Place => _places[0];

    private Tensor Live => Parameter ?? Place.Module.named_buffers(recurse: false).First(named => named.name == Place.Name).buffer;

    /// <summary>Throws if the module holds the values of another adapter.</summary>
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

            if (!_isActive
                && Parameter is { } parameter
                && ModuleState.Of(place.Module).Merged?.Changes(new BaseParameter(place.Path, place.Module, place.Name, parameter)) == true)
            {
                throw new InvalidOperationException(
                    $"Adapter \"{adapter}\": {place.Path} has the contribution of a merged adapter, which would be trained too and could not be removed any "
                    + "more. Unmerge that one first, or MergeAndUnload it.");
            }
        }
    }

    /// <summary>Sets the adapter's values in the module. The initial values are the base model's.</summary>
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

    /// <summary>Restores the base model's values in the module. It removes the gradient, so that an optimizer's step doesn't change the base model.</summary>
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

    /// <summary>Restores the base model's values before a checkpoint is loaded.</summary>
    public void Suspend()
    {
        _isNew = _isActive && IsUntouched();
        Deactivate();
    }

    /// <summary>Sets the adapter's values after a checkpoint was loaded. If they had not been trained yet, they start from the loaded values.</summary>
    public void Resume(string adapter)
    {
        if (_isNew)
            Forget();
        Activate(adapter);
    }

    /// <summary>Makes the adapter's values the module's own permanently.</summary>
    public void Commit()
    {
        RequireGrad(false);
        Leave();
        Forget();
    }

    /// <summary>Frees the stored values of a disposed module.</summary>
    public void Abandon()
    {
        Leave();
        Forget();
    }

    /// <summary>Restores the base model's values, and frees the adapter's.</summary>
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
