using LoraGen.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The optimizer of an adapter whose method acts before or after each step. Everything else is passed on to the optimizer that it was created with: the
/// parameter groups with their learning rates, schedulers, zeroing of gradients, the state.
/// </summary>
/// <remarks>
/// The saved state (<see cref="OptimizerHelper.save_state_dict(string)"/>) has the number of steps and what the method keeps between them, so that with the
/// saved adapter a run continues exactly.
/// </remarks>
public sealed class AdapterOptimizer : OptimizerHelper
{
    private readonly AdapterBase _adapter;
    private readonly optim.Optimizer _inner;
    private readonly SavedSteps _steps;

    internal AdapterOptimizer(AdapterBase adapter, optim.Optimizer inner)
    {
        (_adapter, _inner, _steps) = (adapter, inner, new SavedSteps(adapter));
        ReadGroups();
    }

    /// <summary>The number of steps so far.</summary>
    public long Steps => _steps.Count;

    /// <summary>The parameter groups of the inner optimizer.</summary>
    public override IEnumerable<optim.ILearningRateController> ParamGroups => _inner.ParamGroups;

    internal optim.Optimizer Inner => _inner;

    /// <summary>Runs the stage before the step, the step of the inner optimizer, and the stage after it.</summary>
    /// <param name="closure">Computes the loss and its gradients, for optimizers that need it. The stage before the step runs after each evaluation.</param>
    /// <returns>What the inner optimizer returns.</returns>
    /// <exception cref="InvalidOperationException">
    /// The adapter is detached, merged or inactive, was moved after the optimizer was created, or has another optimizer now; or none of its parameters has a
    /// gradient.
    /// </exception>
    /// <exception cref="NotFiniteNumberException">A gradient is infinite or NaN, and the method is AdaLoRA. No step was performed.</exception>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        _adapter.EnsureStepping(this);
        if (closure is null)
            _adapter.BeforeStep();
        var loss = _inner.step(closure is null ? null : () => Evaluated(closure));
        _steps.Count++;
        _adapter.AfterStep(_steps.Count);
        return loss;
    }

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    /// <exception cref="InvalidOperationException">The adapter was moved after the optimizer was created.</exception>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    public override void zero_grad()
    {
        _adapter.EnsureExists(_inner.parameters());
        _inner.zero_grad();
    }

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => _inner.parameters();

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        _inner.add_param_group(param_group);
        ReadGroups();
    }

    /// <summary>The state of the inner optimizer, followed by the adapter's: the number of steps, and what its method keeps between them.</summary>
    /// <exception cref="NotSupportedException">The inner optimizer has no state that can be saved.</exception>
    public override StateDictionary state_dict()
    {
        var state = InnerState() ?? throw new NotSupportedException($"The state of {_inner.GetType().Name} can't be saved: it is no OptimizerHelper.");
        state.Options.Insert(0, new InnerOptimizer("an adapter's optimizer", _inner.GetType().Name));
        state.State.Add(_steps);
        return state;
    }

    /// <summary>Loads the state that <see cref="OptimizerHelper.save_state_dict(string)"/> has saved.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It was cut or damaged, or is the state of another optimizer, adapter or training. Nothing was loaded.
    /// </exception>
    public new void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        Load(reader, $"\"{location}\": ");
    }

    /// <inheritdoc cref="load_state_dict(string)"/>
    /// <param name="reader">Reads what was saved.</param>
    public new void load_state_dict(BinaryReader reader) => Load(reader, string.Empty);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Evaluated(Func<Tensor> closure)
    {
        // The inner optimizer may have changed the parameters since the last evaluation.
        _adapter.ForgetStep();
        var loss = closure();
        _adapter.BeforeStep();
        return loss;
    }

    // The state of the adapter comes last, and is set as a whole or not at all.
    private void Load(BinaryReader reader, string place)
    {
        if (_inner is not OptimizerHelper inner)
        {
            base.load_state_dict(reader);
            return;
        }

        using var before = new MemoryStream();
        inner.save_state_dict(new BinaryWriter(before));
        try
        {
            base.load_state_dict(reader);
        }
        catch (Exception error)
        {
            before.Position = 0;
            inner.load_state_dict(new BinaryReader(before));
            throw new InvalidDataException($"{place}{Reason(error)} Nothing was loaded.", error);
        }
    }

    private static string Reason(Exception error)
    {
        return error is InvalidDataException
            ? error.Message
            : $"The saved state of the adapter's optimizer is cut or damaged, or was saved for other parameters ({error.Message}). Use a complete one of the same "
                + "adapter, or begin without a state.";
    }

    private StateDictionary? InnerState() => (_inner as OptimizerHelper)?.state_dict();

    // Some members of the base class are not virtual, such as to(device).
    private void ReadGroups()
    {
        ParamGroup[] groups = [.. _inner.ParamGroups.OfType<ParamGroup>()];
        _parameter_groups = [.. groups];
        foreach (var (parameter, state) in groups.SelectMany(group => group.Parameters).Zip(InnerState()?.State ?? []))
            _state[parameter.Handle] = state;
    }
}
