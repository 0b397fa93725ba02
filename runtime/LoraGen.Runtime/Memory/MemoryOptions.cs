namespace LoraGen;

/// <summary>What a memory estimate can't read from the modules of a model.</summary>
public sealed record MemoryOptions
{
    /// <summary>
    /// Attention heads in the whole model, heads × layers, for which the forward pass creates [tokens, tokens] matrices: 3 per head, which are the scores, the
    /// scores with the mask, and the softmax. 0, the default, is for fused attention (<c>scaled_dot_product_attention</c> if it is fused), which creates none.
    /// </summary>
    public long AttentionHeads { get; init; }

    /// <summary>
    /// The number of modules, at the end of the model's largest <c>ModuleList</c>, that train under <see cref="TrainingMode.Frozen16"/>; 2 by default.
    /// </summary>
    public int TrainedBlocks { get; init; } = 2;

    /// <summary>
    /// Whether a model with a quantised base computes in float32, because it was loaded in that type or by <see cref="QuantizationExtensions.PrepareForTraining"/>:
    /// its other parameters and the activations then have 4 bytes instead of 2. Default false: 16 bits.
    /// </summary>
    public bool QuantizedWithFloat32 { get; init; }

    /// <summary>
    /// The number of blocks that are checkpointed together, <see cref="CheckpointAttribute.Every"/>, of all modules of the model's largest
    /// <c>ModuleList</c>. The input of each group is kept, and the results of one group at a time. 0, the default: without checkpoints.
    /// </summary>
    public int CheckpointEvery { get; init; }

    /// <summary>
    /// How the optimizer stores the two moments: <see cref="MomentPrecision.Full"/> by default; <see cref="MomentPrecision.EightBit"/> for
    /// <see cref="AdamW8Bit"/>, as if each parameter had at least 4096 elements.
    /// </summary>
    public MomentPrecision Moments { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(CheckpointEvery);
        ArgumentOutOfRangeException.ThrowIfNegative(AttentionHeads);
        ArgumentOutOfRangeException.ThrowIfNegative(TrainedBlocks);
    }
}
