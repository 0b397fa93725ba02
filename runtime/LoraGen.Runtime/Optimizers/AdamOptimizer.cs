using LoraGen.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The base class of <see cref="AdamW8Bit"/>, <see cref="GaLore"/> and <see cref="BAdam"/>: Adam with decoupled weight decay, whose states take less memory than
/// AdamW's.
/// </summary>
/// <remarks>
/// It is used like TorchSharp's <c>AdamW</c>: with schedulers, <c>zero_grad</c>, <c>step</c>, <c>save_state_dict</c> and <c>load_state_dict</c>. The states are
/// created when a parameter is first trained. They belong to the optimizer, whatever dispose scope is open.
/// </remarks>
public abstract class AdamOptimizer : OptimizerHelper, optim.IBetas
{
    private bool _isDisposed;

    private protected AdamOptimizer(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, MomentPrecision moments)
    {
        var options = new AdamOptions
        {
            LearningRate = learningRate,
            Beta1 = beta1,
            Beta2 = beta2,
            Epsilon = epsilon,
            WeightDecay = weightDecay,
            Moments = moments,
        };
        options.Check();
        options.InitialLearningRate = learningRate;
        _defaults = options;
        _parameter_groups = [];
    }

    /// <summary>The decay rates of the two moments, for groups that are added later.</summary>
    public (double, double) Betas
    {
        get => (Defaults.Beta1!.Value, Defaults.Beta2!.Value);
        set => (Defaults.Beta1, Defaults.Beta2) = value;
    }

    /// <summary>The number of bytes that the optimizer's states take now.</summary>
    public long StateBytes => _state.Values.Sum(state => ((AdamState)state).Bytes);

    /// <summary>The groups, in the order in which they were added.</summary>
    private protected IEnumerable<AdamGroup> Groups => _parameter_groups.Cast<AdamGroup>();

    private AdamOptions Defaults => (AdamOptions)_defaults;

    /// <summary>Adds a group of parameters.</summary>
    /// <param name="param_group">The group. Options that it does not set are the optimizer's.</param>
    /// <exception cref="ArgumentException">
    /// It is not a group of this optimizer, it has no parameters, or one of its parameters is in another group or has a type that can't be trained.
    /// </exception>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        EnsureNotDisposed();
        var group = Checked(param_group);
        EnsureParameters(group.Listed);
        group.Adam.FillFrom(Defaults);
        foreach (var parameter in group.Listed)
            _state[parameter.Handle] = NewState(parameter, group);
        _parameter_groups.Add(group);
    }

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    /// <exception cref="InvalidOperationException">A parameter was replaced.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override void zero_grad()
    {
        EnsureUsable();

        // TorchSharp leaves a tensor for each gradient.
        using var scope = NewDisposeScope();
        base.zero_grad();
    }

    /// <summary>Loads the state that <see cref="OptimizerHelper.save_state_dict(string)"/> has saved.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="InvalidDataException">
    /// It was cut or damaged, or is the state of another optimizer or of other parameters. A part of it may have been loaded.
    /// </exception>
    /// <exception cref="InvalidOperationException">A parameter was replaced since the optimizer was created.</exception>
    public new void load_state_dict(string location)
    {
        EnsureUsable();
        SavedState.Load(this, location, base.load_state_dict);
    }

    /// <inheritdoc cref="load_state_dict(string)"/>
    /// <param name="reader">Reads what was saved.</param>
    public new void load_state_dict(BinaryReader reader)
    {
        EnsureUsable();
        SavedState.Load(this, reader, string.Empty, base.load_state_dict);
    }

    /// <summary>Returns the group if it is one of this optimizer's, with valid options.</summary>
    private protected abstract AdamGroup Checked(ParamGroup group);

    private protected abstract AdamState NewState(Parameter parameter, AdamGroup group);

    private protected AdamState StateOf(Parameter parameter) => (AdamState)_state[parameter.Handle];

    private protected void EnsureNotDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    /// <summary>Throws if a step is not possible: the optimizer is disposed, or a parameter was replaced.</summary>
    private protected void EnsureUsable()
    {
        EnsureNotDisposed();
        if (Groups.SelectMany(group => group.Listed).Any(parameter => parameter.IsInvalid))
        {
            throw new InvalidOperationException(
                $"A parameter of {GetType().Name} no longer exists: it was replaced, as by model.to(…), or the model is disposed. Create the optimizer after "
                + "moving or converting the model.");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The finalizer must not touch tensors, which have their own.
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            foreach (var state in _state.Values)
                ((AdamState)state).Dispose();
        }

        base.Dispose(disposing);
    }

    private void EnsureParameters(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.Count == 0)
            throw new ArgumentException("The group has no parameters.", nameof(parameters));

        var taken = Groups.SelectMany(group => group.Listed).Select(parameter => parameter.Handle).ToHashSet();
        foreach (var parameter in parameters)
        {
            if (!taken.Add(parameter.Handle))
            {
                throw new ArgumentException(
                    $"A parameter of shape [{Shape(parameter)}] is in two groups, or twice in one, and would be changed twice in a step. List it once.",
                    nameof(parameters));
            }

            if (parameter.dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64))
            {
                throw new ArgumentException(
                    $"A parameter of shape [{Shape(parameter)}] has the type {parameter.dtype}. {GetType().Name} trains floating-point weights; leave it out.",
                    nameof(parameters));
            }
        }
    }

    private protected static string Shape(Tensor parameter) => string.Join(", ", parameter.shape);
}
