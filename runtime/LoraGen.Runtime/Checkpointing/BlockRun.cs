using LoraGen.Calls;
using LoraGen.CompilerServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>One call of a block: what its second run, in the backward pass, needs besides the saved tensors.</summary>
internal sealed class BlockRun
{
    // Before the block's inputs among the saved tensors.
    private const int SavedInputs = 2;

    private readonly BlockCheckpoint _checkpoint;
    private readonly Func<object?[], Tensor?[]> _call;
    private readonly BlockInputs _inputs;
    private readonly BlockRun? _previous;
    private readonly RecordedCalls _calls;
    private readonly RandomState _random;
    private autograd.AutogradContext? _context;
    private OutputSample[] _outputs = [];
    private SecondRun? _second;

    private BlockRun(nn.Module block, BlockCheckpoint checkpoint, Func<object?[], Tensor?[]> call, BlockInputs inputs, BlockRun? previous, Device device)
    {
        (Block, _checkpoint, _call, _inputs, _previous) = (block, checkpoint, call, inputs, previous);
        _calls = RecordedCalls.Of(block);
        _random = RandomState.Of(device);
    }

    public nn.Module Block { get; }

    public IReadOnlyList<BlockInputs.Place> Tensors => _inputs.Tensors;

    /// <summary>Whether libtorch may fail in the current pass. It may not in <c>autograd.grad</c>.</summary>
    public bool CanFail { get; private set; }

    /// <summary>Runs a block so that the graph keeps its inputs only.</summary>
    public static Tensor?[] Run(nn.Module block, BlockCheckpoint checkpoint, Func<object?[], Tensor?[]> call, object?[] inputs)
    {
        // TorchSharp creates tensors for each node in addition to its results.
        using var scope = NewDisposeScope();
        Tensor[] tensors = [.. inputs.OfType<Tensor>()];
        var device = tensors.Length > 0 ? tensors[0].device : CPU;
        int[] outputsBefore = [.. inputs.Select(_ => -1)];
        var previous = checkpoint.Group?.Continues(checkpoint.Index, inputs, out outputsBefore);
        var run = new BlockRun(block, checkpoint, call, new BlockInputs(inputs, outputsBefore), previous, device);
        var gate = zeros(0L, device: device).requires_grad_(true);
        var anchor = zeros(0L).requires_grad_(true);
        var made = CheckpointNode.apply([run, anchor, new[] { gate }, .. tensors]);
        var passed = BackwardGate.apply([gate, .. made]);
        var next = 0;
        Tensor?[] outputs = [.. run._outputs.Select(output => output.IsNull ? null : passed[next++].MoveToOuterDisposeScope())];
        checkpoint.Group?.Ran(checkpoint.Index, run, outputs);
        return outputs;
    }

    /// <summary>Begins the run, within the node.</summary>
    /// <param name="context">The node's context.</param>
    /// <param name="gate">The tensor that has a gradient in a <c>backward</c>.</param>
    /// <param name="tensors">The tensors among the inputs.</param>
    /// <returns>The outputs without those that are null, and without their graph.</returns>
    public List<Tensor> RunFirst(autograd.AutogradContext context, Tensor gate, IReadOnlyList<Tensor> tensors)
    {
        _context = context;
        context.save_for_backward([gate, _random.State, .. tensors.Where((_, index) => Tensors[index].IsSaved)]);
        _random.Restore(_random.State);

        // Without gradients it might compute in another way, with other rounding. The graph is freed with the outputs that have it.
        using var grad = enable_grad();
        var outputs = _call(_inputs.With(tensors));
        _outputs = [.. outputs.Select(OutputSample.Of)];
        return [.. outputs.OfType<Tensor>().Select(output => output.detach())];
    }

    /// <summary>Runs the block again, with its graph, and returns the gradients of the tensors among its inputs.</summary>
    /// <param name="gradients">The gradients of the outputs; invalid ones for none.</param>
    public IReadOnlyList<Tensor?> Backward(IReadOnlyList<Tensor> gradients)
    {
        using var scope = NewDisposeScope();
        EnsureInBackward();
        var random = RandomState.Of(Tensors.Count > 0 ? Tensors[0].Device : CPU);
        try
        {
            using var grad = enable_grad();
            var second = RunAgain();
            var paired = second.Outputs.OfType<Tensor>().Zip(gradients).Where(pair => pair.First.requires_grad && !pair.Second.IsInvalid).ToArray();
            Tensor[] outputs = [.. paired.Select(pair => pair.First)];
            Tensor[] received = [.. paired.Select(pair => pair.Second)];
            if (paired.Length > 0)
                CheckpointCall.Backward(() => autograd.backward(outputs, received));
            return [.. second.Inputs.Select(input => input.requires_grad ? input.grad?.MoveToOuterDisposeScope() : null)];
        }
        finally
        {
            Forget();
            random.Restore(random.State);
        }
    }

    /// <summary>Frees what the second run has left for the backward pass.</summary>
    public void Forget()
    {
        _second?.Free();
        _second = null;
    }

    // The blocks of a group are run again in order when the last one's gradient is there, each with a graph of its own.
    private SecondRun RunAgain()
    {
        if (_second is not null)
            return _second;

        var before = _previous?.RunAgain();
        var saved = _context!.get_saved_variables();
        var next = SavedInputs;
        Tensor[] inputs = [.. Tensors.Select(place =>
            (place.IsSaved ? saved[next++] : before!.Outputs[place.Output]!).detach().requires_grad_(place.NeedsGradient))];
        _random.Restore(saved[1]);
        using var calls = _calls.Repeat();
        var outputs = _call(_inputs.With(inputs));
        EnsureSame(outputs);
        return _second = new SecondRun(inputs, outputs);
    }

    private void EnsureInBackward()
    {
        var gate = _context!.get_saved_variables()[0];
        using var gradient = gate.grad;
        CanFail = gradient is not null;
        gate.grad = null;
        if (!CanFail)
        {
            throw new InvalidOperationException(
                $"{_checkpoint.Path}: its parameters would get gradients in autograd.grad, or in a backward with inputs, because the block is checkpointed. "
                + "Call backward() without inputs, or train without the checkpoint.");
        }

        if (is_grad_enabled())
            throw new InvalidOperationException($"{_checkpoint.Path}: a checkpointed block has no second derivatives. Call backward without create_graph.");
        if (!Block.training)
        {
            throw new InvalidOperationException(
                $"{_checkpoint.Path}: the block was set to eval() between its forward and its backward pass, so it would compute something else.");
        }
    }

    private void EnsureSame(Tensor?[] outputs)
    {
        if (outputs.Length == _outputs.Length && outputs.Zip(_outputs).All(pair => pair.Second.IsOf(pair.First)))
            return;

        throw new InvalidOperationException(
            $"{_checkpoint.Path}: the checkpointed block computed something else in its second run, in the backward pass. It must be a function of its inputs: "
            + "check for a cache that it fills, for state that it changes, and for changes of its parameters between the two runs.");
    }

    // The tensors are detached from the scope, because the blocks of a group need them later.
    private sealed class SecondRun
    {
        public SecondRun(Tensor[] inputs, Tensor?[] outputs)
        {
            (Inputs, Outputs) = (inputs, outputs);
            foreach (var tensor in inputs.Concat(outputs.OfType<Tensor>()))
                tensor.DetachFromDisposeScope();
        }

        public Tensor[] Inputs { get; }

        public Tensor?[] Outputs { get; }

        public void Free()
        {
            foreach (var tensor in Inputs.Concat(Outputs.OfType<Tensor>()))
                tensor.Dispose();
        }
    }
}
