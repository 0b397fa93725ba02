namespace LoraGen;

/// <summary>What training takes in one mode, in bytes.</summary>
/// <param name="Mode">The way to train.</param>
/// <param name="Weights">All parameters: the base model's, the adapter's, the second set of values of [Trainable] members and trained biases.</param>
/// <param name="Gradients">Of the parameters that train.</param>
/// <param name="Optimizer">AdamW's two moments of each, in the type of the parameter.</param>
/// <param name="Activations">
/// What the operations of the forward pass make. TorchSharp holds all of it until its dispose scope ends, whether autograd needs it or not.
/// </param>
/// <param name="Temporaries">
/// What comes on top for a moment: the greatest of what TorchSharp's AdamW makes in a step and frees at its end (two tensors of the size of each parameter
/// that trains), of two gradients of the last layer's output when the backward pass begins, and of the largest quantised weight in 16 bits.
/// </param>
public sealed record MemoryRow(TrainingMode Mode, long Weights, long Gradients, long Optimizer, long Activations, long Temporaries)
{
    /// <summary>Weights, gradients, optimizer states and activations.</summary>
    public long Total => Weights + Gradients + Optimizer + Activations;

    /// <summary>The total and the temporaries: the most that the process holds at once.</summary>
    public long Peak => Total + Temporaries;
}
