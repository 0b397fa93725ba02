using LoraGen.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Mixed precision (Micikevicius et al. 2018, arXiv:1710.03740): trains parameters in float16 or bfloat16 by any optimizer over float32 masters. A step copies
/// the gradients to the masters, lets the optimizer change those, and rounds them once to the parameters, so that changes that are smaller than the spacing of
/// the narrow type add up.
/// </summary>
/// <remarks>
/// <para>
/// Parameters in float32 or float64 have no master, and are trained as they are. The parameter groups are those of the inner optimizer, so schedulers work.
/// A value that something else has written into a parameter since the last step, such as a loaded checkpoint, replaces the master's.
/// </para>
/// <para>The masters take 4 bytes for each element, and their gradients as many from <see cref="Collect"/> to the end of the step.</para>
/// </remarks>
public sealed class MasterWeights : OptimizerHelper
{
    private readonly Master[] _masters;
    private readonly Parameter[] _parameters;
    private readonly long[][] _shapes;
    private readonly optim.Optimizer _inner;
    private bool _isCollected;

    /// <summary>Creates the masters and their optimizer. Create it after moving or converting the model, which replaces its parameters.</summary>
    /// <param name="parameters">The parameters, as of <c>model.parameters()</c>.</param>
    /// <param name="create">
    /// Creates any optimizer over the list that it is given, with the masters in the order of the parameters: <c>masters => optim.AdamW(masters, lr: 1e-4)</c>.
    /// </param>
    /// <exception cref="ArgumentException">There are no parameters, or the function returned no optimizer.</exception>
    public MasterWeights(IEnumerable<Parameter> parameters, Func<IReadOnlyList<Parameter>, optim.Optimizer> create)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(create);
        _parameters = [.. parameters];
        if (_parameters.Length == 0)
            throw new ArgumentException("There are no parameters to train.", nameof(parameters));

        _shapes = [.. _parameters.Select(parameter => parameter.shape)];
        _masters = [.. _parameters.Where(Master.IsNeeded).Select(parameter => new Master(parameter))];
        var masters = new Queue<Master>(_masters);
        Parameter[] trained = [.. _parameters.Select(parameter => Master.IsNeeded(parameter) ? masters.Dequeue().Value : parameter)];
        _inner = create(trained) ?? throw new ArgumentException("The function returned no optimizer.", nameof(create));
        ReadGroups();
    }

    /// <summary>The parameter groups of the inner optimizer, over the masters.</summary>
    public override IEnumerable<optim.ILearningRateController> ParamGroups => _inner.ParamGroups;

    /// <summary>The parameters that are trained, with or without a master.</summary>
    internal IReadOnlyList<Parameter> Originals => _parameters;

    /// <summary>Whether parameters have masters: those in float16 and bfloat16.</summary>
    internal bool HasMasters => _masters.Length > 0;

    /// <summary>
    /// Copies the gradients to the masters, in float32, so that they can be read or clipped there before the step:
    /// <c>clip_grad_norm_(optimizer.parameters(), 1.0)</c>. <see cref="LossScaler.Unscale"/> does it too. Gradients that are computed afterwards, before the
    /// step, are not used in it.
    /// </summary>
    /// <exception cref="InvalidOperationException">A parameter was replaced since the optimizer was created.</exception>
    public void Collect()
    {
        EnsureValid();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var master in _masters)
            master.Collect();
        _isCollected = true;
    }

    /// <summary>Copies the gradients to the masters if that was not done, performs the step of the inner optimizer, and rounds to the parameters.</summary>
    /// <param name="closure">Computes the loss and its gradients, for optimizers that need it.</param>
    /// <returns>What the inner optimizer returns.</returns>
    /// <exception cref="InvalidOperationException">A parameter was replaced since the optimizer was created.</exception>
    public override Tensor step(Func<Tensor>? closure = null)
    {
        EnsureValid();
        if (closure is null && !_isCollected)
            Collect();
        var loss = _inner.step(closure is null ? null : () => Evaluated(closure));
        WriteBack();
        Forget();
        return loss;
    }

    /// <summary>Sets the gradients of the parameters to zero, and removes those of the masters.</summary>
    /// <exception cref="InvalidOperationException">A parameter was replaced since the optimizer was created.</exception>
    public override void zero_grad()
    {
        EnsureValid();
        using (NewDisposeScope())
        {
            foreach (var parameter in _parameters)
                parameter.grad?.zero_();
        }

        Forget();
    }

    /// <summary>The parameters that the inner optimizer trains: the masters, and the parameters that have none.</summary>
    public override IEnumerable<Parameter> parameters() => _inner.parameters();

    /// <summary>Adds a group to the inner optimizer.</summary>
    /// <param name="param_group">The group. Its parameters get no masters.</param>
    /// <exception cref="ArgumentException">A parameter is in float16 or bfloat16.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        if (param_group.Parameters.FirstOrDefault(Master.IsNeeded) is { } narrow)
        {
            throw new ArgumentException(
                $"A parameter of the group has the type {narrow.dtype}, and would have no master. Pass it to the constructor of MasterWeights.",
                nameof(param_group));
        }

        _inner.add_param_group(param_group);
        ReadGroups();
    }

    /// <summary>The state of the inner optimizer, followed by the masters.</summary>
    /// <exception cref="NotSupportedException">The inner optimizer has no state that can be saved.</exception>
    public override StateDictionary state_dict()
    {
        var state = InnerState() ?? throw new NotSupportedException($"The state of {_inner.GetType().Name} can't be saved: it is no OptimizerHelper.");
        state.Options.Insert(0, new InnerOptimizer(nameof(MasterWeights), _inner.GetType().Name));

        // The states of TorchSharp's SGD and RMSprop take a tensor of any shape where they have none yet.
        state.Options.Insert(1, new SavedShapes("group", _inner.ParamGroups.OfType<ParamGroup>().Select((group, index) => ($"{index}", group.Parameters))));
        foreach (var master in _masters)
            state.State.Add(master);
        return state;
    }

    /// <summary>Loads the state that <see cref="OptimizerHelper.save_state_dict(string)"/> has saved.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It was cut or damaged, or is the state of another optimizer or of other parameters. A part of it may have been loaded.
    /// </exception>
    /// <exception cref="InvalidOperationException">A parameter was replaced since the optimizer was created.</exception>
    public new void load_state_dict(string location)
    {
        EnsureValid();
        SavedState.Load(this, location, base.load_state_dict);
    }

    /// <inheritdoc cref="load_state_dict(string)"/>
    /// <param name="reader">Reads what was saved.</param>
    public new void load_state_dict(BinaryReader reader)
    {
        EnsureValid();
        SavedState.Load(this, reader, string.Empty, base.load_state_dict);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            foreach (var master in _masters)
                master.Dispose();
        }

        base.Dispose(disposing);
    }

    // An optimizer that evaluates several times changes the masters between the evaluations.
    private Tensor Evaluated(Func<Tensor> closure)
    {
        WriteBack();
        var loss = closure();
        Collect();
        return loss;
    }

    private void EnsureValid()
    {
        if (Array.FindIndex(_parameters, parameter => parameter.IsInvalid) is var index and >= 0)
        {
            throw new InvalidOperationException(
                $"Parameter {index} of shape [{string.Join(", ", _shapes[index])}] was replaced since the optimizer was created, as by model.to(…), or the "
                + "model is disposed. Create MasterWeights after moving or converting the model.");
        }
    }

    private void WriteBack()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var master in _masters)
            master.WriteBack();
    }

    private void Forget()
    {
        _isCollected = false;
        foreach (var master in _masters)
            master.Forget();
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
