namespace LoraGen.Training;

/// <summary>
/// Where and when a training saves what it needs to continue. A checkpoint is a folder <c>step-00000100</c> with the adapter in PEFT's format (<c>adapter</c>),
/// or the model as Hugging Face's checkpoint (<c>model</c>), and beside it the state of the optimizer and of the training. It is written under another name and
/// renamed, so a process that is killed at any moment leaves complete checkpoints only.
/// </summary>
/// <remarks>
/// Checkpoints are written every <see cref="Every"/> steps, after an evaluation that is the best so far, at the end, and when the training is cancelled. A
/// training that is resumed on the same machine and build, on the CPU with as many threads, gives the same bits as one that was not interrupted. On CUDA the
/// random numbers after a resume differ, because TorchSharp can't read the state of that generator; without dropout, results differ as between two runs there.
/// </remarks>
/// <param name="Folder">The folder of the checkpoints, for one training; it is created if it doesn't exist.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>The number of steps between two checkpoints; null (the default) for none beside the others.</summary>
    public long? Every { get; init; }

    /// <summary>The number of checkpoints that are kept, the newest ones, at least 1; 3 by default. That of the best evaluation is kept in addition.</summary>
    public int Limit { get; init; } = 3;

    /// <summary>
    /// Whether the training continues from the newest checkpoint in the folder, if there is one. Otherwise (the default) a folder with checkpoints is refused.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>Whether the values of the best evaluation are loaded at the end; false by default.</summary>
    public bool LoadBest { get; init; }
}
