using System.Diagnostics.CodeAnalysis;
using LoraGen.Optimizers;
using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// BAdam (Luo et al. 2024, arXiv:2404.02827): full fine-tuning with Adam, one block of the model at a time. The active block is trained for K steps; then its
/// moments are discarded, and the next block begins without any. Only the parameters of the active block require gradients and have a state.
/// </summary>
/// <remarks>
/// <para>
/// Each item of the model's lists (<c>ModuleList</c>, <c>ModuleDict</c>; <c>Sequential</c> in a model without a <c>ModuleList</c>) is a block, and so is each
/// module beside them: embeddings, norms, head. Each trainable parameter is in exactly one block. <see cref="Blocks"/> are the parameter groups, so a scheduler
/// sets the learning rate of all.
/// </para>
/// <para>
/// A switch happens at the end of the K-th <see cref="step"/>. It removes the gradients of the former block. While the optimizer exists, it sets
/// <c>requires_grad</c> of the model's parameters; <c>Dispose()</c> restores it.
/// </para>
/// <para>Weights in float16 or bfloat16 are updated in float32: the state of the active block then has their values in float32 too, as in the paper.</para>
/// </remarks>
public sealed class BAdam : AdamOptimizer
{
    private readonly nn.Module _model;
    private readonly BAdamSchedule _schedule;
    private readonly List<(Parameter Parameter, bool RequiredGrad)> _before = [];
    private IReadOnlyList<BAdamBlock> _blocks;

    /// <summary>Creates the optimizer and freezes all blocks but the first active one.</summary>
    /// <param name="model">The model. Its parameters that require a gradient are trained.</param>
    /// <param name="learningRate">The learning rate of all blocks.</param>
    /// <param name="interval">The number of steps K for which a block is active, at least 1.</param>
    /// <param name="order">The order of the blocks.</param>
    /// <param name="seed">The seed of a random order.</param>
    /// <param name="blocks">
    /// The blocks, as lists of paths of modules or parameters in the model's <c>state_dict</c>; null for the blocks of the model's tree.
    /// </param>
    /// <param name="beta1">The decay rate of the first moment.</param>
    /// <param name="beta2">The decay rate of the second moment.</param>
    /// <param name="epsilon">ε, which is added to the square root of the second moment.</param>
    /// <param name="weightDecay">The decoupled weight decay, of the active block only.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The model has no trainable parameters, a path matches nothing, or a trainable parameter is in no block or in several.
    /// </exception>
    /// <exception cref="InvalidOperationException">An adapter is attached to the model, or a parameter was created in inference mode.</exception>
    public BAdam(
        nn.Module model,
        double learningRate = 1e-3,
        int interval = 100,
        BAdamOrder order = BAdamOrder.Random,
        int seed = 0,
        IReadOnlyList<IReadOnlyList<string>>? blocks = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0)
        : base(learningRate, beta1, beta2, epsilon, weightDecay, MomentPrecision.Full)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (interval < 1)
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "interval must be at least 1, the number of steps for each block.");
        if (!Enum.IsDefined(order))
            throw new ArgumentOutOfRangeException(nameof(order), order, "order must be Random, Ascending or Descending.");
        EnsureNotAdapted(model);
        if (!model.parameters().Any(parameter => parameter.requires_grad))
            throw new ArgumentException($"{model.GetName()} has no parameter that requires a gradient, so BAdam has nothing to train.", nameof(model));

        _model = model;
        _blocks = blocks is null ? ModelBlocks.Of(model) : ModelBlocks.Of(model, blocks);
        foreach (var block in _blocks)
            base.add_param_group(block);
        _schedule = new BAdamSchedule(_blocks[0].Listed[0], interval, order, seed, () => _blocks, SetFlags);
        foreach (var block in _blocks)
            Remember(block);
        SetFlags();
    }

    /// <summary>The blocks, in the order of the model's tree, or as they were given.</summary>
    public IReadOnlyList<BAdamBlock> Blocks => _blocks;

    /// <summary>The block that the next <see cref="step"/> changes.</summary>
    public BAdamBlock ActiveBlock => _blocks[_schedule.Active];

    /// <summary>The number of steps for which a block is active.</summary>
    public int Interval => _schedule.Interval;

    /// <summary>Performs a step of the active block, and activates the next one after the last of its steps. A step without gradients counts too.</summary>
    /// <param name="closure">Computes the loss and its gradients before the step; null if they are there.</param>
    /// <returns>The closure's result; null without a closure.</returns>
    /// <exception cref="InvalidOperationException">An adapter was attached to the model, or a parameter was replaced.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        EnsureUsable();
        EnsureNotAdapted(_model);
        var active = ActiveBlock;
        var loss = _step<BAdamBlock>(block => Update(block, active), closure);
        if (_schedule.Advance())
        {
            // The next block may be the same one; it begins without moments all the same.
            foreach (var parameter in active.Listed)
                StateOf(parameter).Reset();
            SetFlags();
        }

        return loss;
    }

    /// <summary>Sets the gradients of the active block to zero, and removes those of the others, which a graph from before a switch may have.</summary>
    public override void zero_grad()
    {
        base.zero_grad();
        foreach (var block in _blocks.Where(block => block != ActiveBlock))
            RemoveGradients(block);
    }

    /// <summary>Adds a block, which is the last of the present pass.</summary>
    /// <param name="param_group">A <see cref="BAdamBlock"/> of parameters that are in no other block. They are frozen until it is active.</param>
    /// <exception cref="ArgumentException">
    /// It is no <see cref="BAdamBlock"/>, it has no parameters, or one of them is in another block or has a type that can't be trained.
    /// </exception>
    public override void add_param_group(ParamGroup param_group)
    {
        base.add_param_group(param_group);
        var block = (BAdamBlock)param_group;
        _blocks = [.. _blocks, block];
        _schedule.AddLast();
        Remember(block);
        SetFlags();
    }

    /// <summary>
    /// Returns the blocks with their options, the states of their parameters, and last the order of the blocks with the position in it.
    /// </summary>
    public override StateDictionary state_dict()
    {
        var states = base.state_dict();
        states.Options.Insert(0, new SavedShapes("block", _blocks.Select(block => (block.Name, block.Listed.AsEnumerable()))));
        states.State.Add(_schedule);
        return states;
    }

    /// <summary>The schedule, for example <c>BAdam, 100 steps for each of 26 blocks, Random, seed 0</c>.</summary>
    public override string ToString() => $"{nameof(BAdam)}, {_schedule}";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || IsAdapted(_model, out _))
            return;

        foreach (var (parameter, requiredGrad) in _before.Where(entry => !entry.Parameter.IsInvalid))
            parameter.requires_grad = requiredGrad;
        _before.Clear();
    }

    private protected override AdamGroup Checked(ParamGroup group)
    {
        return group as BAdamBlock ?? throw new ArgumentException(
            $"The parameter groups of BAdam are its blocks, of the type BAdamBlock; this one is a {group.GetType().FullName}. Create it by "
            + "new BAdamBlock(name, parameters).",
            nameof(group));
    }

    private protected override AdamState NewState(Parameter parameter, AdamGroup group) => new BAdamState(parameter);

    private void Update(BAdamBlock block, BAdamBlock active)
    {
        if (block != active)
            return;

        foreach (var parameter in block.Listed)
            StateOf(parameter).Update(block.Adam);
    }

    private void Remember(BAdamBlock block) => _before.AddRange(block.Listed.Select(parameter => (parameter, parameter.requires_grad)));

    // Gradients of earlier blocks are removed, and those that a block has when it becomes active.
    private void SetFlags()
    {
        foreach (var block in _blocks)
        {
            var isActive = block == ActiveBlock;
            if (block.Listed[0].requires_grad != isActive || !isActive)
                RemoveGradients(block);
            foreach (var parameter in block.Listed)
                parameter.requires_grad = isActive;
        }
    }

    private static void RemoveGradients(BAdamBlock block)
    {
        // Reading a gradient would create a tensor that keeps its memory.
        foreach (var parameter in block.Listed)
            parameter.grad = null;
    }

    private static void EnsureNotAdapted(nn.Module model)
    {
        if (IsAdapted(model, out var adapter))
        {
            throw new InvalidOperationException(
                $"Adapter \"{adapter.Name}\" is attached to this {model.GetName()} and freezes its parameters, which BAdam trains. Train the adapter's "
                + "Parameters() with AdamW, or detach it and create BAdam then.");
        }
    }

    private static bool IsAdapted(nn.Module model, [NotNullWhen(true)] out AdapterBase? adapter)
    {
        adapter = ModuleState.TryGet(model, out var state) ? state.Model?.Adapters.FirstOrDefault() : null;
        return adapter is not null;
    }
}
