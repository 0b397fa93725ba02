using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The blocks of one list, of which several in succession keep one input: the first of them saves its inputs, and the others compute theirs again from it.
/// </summary>
/// <param name="every">The number of blocks that keep one input.</param>
internal sealed class CheckpointGroup(int every)
{
    // Weak, because the graph decides how long a run is needed.
    private readonly WeakReference<BlockRun?> _last = new(null);
    private IReadOnlyList<WeakReference<Tensor>?> _outputs = [];
    private int _index = -1;

    /// <summary>Returns the run of the block before, if the block at an index continues its group and has one of that run's outputs among its inputs.</summary>
    /// <param name="index">The block's index.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">For each input the index of the output that it is; -1 for others.</param>
    public BlockRun? Continues(int index, IReadOnlyList<object?> inputs, out int[] outputs)
    {
        outputs = [.. inputs.Select(input => index % every == 0 || index != _index + 1 ? -1 : OutputIndex(input))];
        return Array.Exists(outputs, output => output >= 0) && _last.TryGetTarget(out var run) ? run : null;
    }

    public void Ran(int index, BlockRun run, IReadOnlyList<Tensor?> outputs)
    {
        _last.SetTarget(run);
        _outputs = [.. outputs.Select(output => output is null ? null : new WeakReference<Tensor>(output))];
        _index = index;
    }

    private int OutputIndex(object? input)
    {
        for (var i = 0; input is not null && i < _outputs.Count; i++)
        {
            if (_outputs[i] is { } output && output.TryGetTarget(out var tensor) && ReferenceEquals(tensor, input))
                return i;
        }

        return -1;
    }
}
