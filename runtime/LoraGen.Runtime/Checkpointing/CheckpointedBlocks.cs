using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Gradient checkpointing: in training, a block keeps its inputs only, and is run again in the backward pass. Adapters do this for the blocks that
/// <see cref="AdapterAttribute.Checkpoint"/> and <see cref="CheckpointAttribute"/> name; here it is for a model without adapters.
/// </summary>
public static class CheckpointedBlocks
{
    /// <summary>Checkpoints the blocks of a model that <see cref="CheckpointAttribute"/> or one of the patterns names.</summary>
    /// <param name="model">The model.</param>
    /// <param name="patterns">Blocks in the form of <see cref="LayerAdapterAttribute.Targets"/>: <c>layers.*</c>.</param>
    /// <returns>Disposing it ends the checkpointing.</returns>
    /// <exception cref="InvalidOperationException">
    /// A pattern matches no module, there is no block, or a TorchSharp container calls a block, so that its calls can't be intercepted.
    /// </exception>
    public static IDisposable Enable(nn.Module model, params string[] patterns)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(patterns);
        var found = BlockCheckpoints.Find(model.GetName(), model, patterns);
        if (found.Count == 0)
            throw new InvalidOperationException($"{model.GetName()}: no module has [Checkpoint]. Pass the blocks as patterns: \"layers.*\".");

        foreach (var checkpoint in found)
            checkpoint.Add();
        return new Enabled(found);
    }

    /// <summary>Runs a backward pass in code that isn't compiled with LoraGen, so that an exception of a checkpointed block is thrown as it was.</summary>
    /// <param name="backward">Calls <c>backward</c>.</param>
    public static void Backward(Action backward) => CompilerServices.CheckpointCall.Backward(backward);

    private sealed class Enabled(IReadOnlyList<BlockCheckpoint> checkpoints) : IDisposable
    {
        public void Dispose()
        {
            foreach (var checkpoint in checkpoints)
                checkpoint.Remove();
        }
    }
}
