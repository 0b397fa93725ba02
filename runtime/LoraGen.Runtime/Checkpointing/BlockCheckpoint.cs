using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A block whose calls in training keep only their inputs, for one adapter or one call of <see cref="CheckpointedBlocks.Enable"/>.</summary>
/// <param name="path">The block's path.</param>
/// <param name="block">The block.</param>
/// <param name="group">The group of the blocks of one list that share their saved inputs; null for a block of its own.</param>
/// <param name="index">The index in the list.</param>
internal sealed class BlockCheckpoint(string path, nn.Module block, CheckpointGroup? group, int index)
{
    public string Path => path;

    public CheckpointGroup? Group => group;

    public int Index => index;

    /// <summary>Whether an intercepted call has run the block with a checkpoint.</summary>
    public bool WasReached { get; set; }

    /// <summary>The checkpoint that a call of the module uses: the one that was added last.</summary>
    public static BlockCheckpoint? Of(ModuleState state) => state.Checkpoints is { Length: > 0 } all ? all[^1] : null;

    public void Add()
    {
        var state = ModuleState.Of(block);
        state.Checkpoints = [.. state.Checkpoints, this];
    }

    public void Remove()
    {
        var state = ModuleState.Of(block);
        state.Checkpoints = [.. state.Checkpoints.Where(other => !ReferenceEquals(other, this))];
    }
}
