using System.ComponentModel;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Gradient checkpointing.</content>
public abstract partial class AdapterBase
{
    private IReadOnlyList<string> _checkpointPatterns = [];
    private IReadOnlyList<BlockCheckpoint> _checkpoints = [];
    private bool _hasCheckedCheckpoints;

    /// <summary>Sets the patterns of the blocks that are checkpointed while the adapter is attached.</summary>
    /// <param name="patterns">The attribute's <c>Checkpoint</c>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckpointBlocks(params string[] patterns) => _checkpointPatterns = patterns;

    private void FindCheckpoints()
    {
        var adapter = $"Adapter \"{Name}\" on {ModelName}";
        _checkpoints = BlockCheckpoints.Find(adapter, AdaptedModel.Module, _checkpointPatterns);
        if (_checkpoints.Count > 0 && VirtualTokenMethod is { IsPrefix: true })
        {
            throw new InvalidOperationException(
                $"{adapter}: prefix tuning can't be combined with checkpointed blocks ({_checkpoints[0].Path}), because its prefix is no input of a block. Use "
                + "prompt tuning, or remove the checkpoints.");
        }
    }

    /// <summary>Throws if the first call of the model in training ran checkpointed blocks without a checkpoint.</summary>
    private void EnsureCheckpointsReached()
    {
        if (_hasCheckedCheckpoints || !AdaptedModel.Module.training || !is_grad_enabled())
            return;

        _hasCheckedCheckpoints = true;
        if (_checkpoints.Where(checkpoint => !checkpoint.WasReached).Select(checkpoint => checkpoint.Path).ToArray() is not { Length: > 0 } unreached)
            return;

        throw new InvalidOperationException(
            $"Adapter \"{Name}\" on {ModelName}: no intercepted call has run the checkpointed {(unreached.Length == 1 ? "block" : "blocks")} "
            + $"{string.Join(", ", unreached.Take(MostNamed))}{(unreached.Length > MostNamed ? ", …" : string.Empty)}, which therefore keep everything that "
            + "they compute. Calls are intercepted by .forward(…) and .call(…) in code that is compiled with LoraGen, of a block whose results are tensors. Call "
            + "the block so, or leave it out of Checkpoint.");
    }
}
