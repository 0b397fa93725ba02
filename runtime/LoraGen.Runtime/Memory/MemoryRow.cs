namespace LoraGen;

/// <summary>The memory of training in one mode, in bytes.</summary>
/// <param name="Mode">The way to train.</param>
/// <param name="Weights">All parameters: the base model's, the adapter's, the second set of values of [Trainable] members and trained biases.</param>
/// <param name="Gradients">The gradients of the parameters that train.</param>
/// <param name="Optimizer">AdamW's two moments of each, in the type of the parameter, and what the method keeps between steps, as AdaLoRA's averages.</param>
/// <param name="Activations">
/// The results of the operations of the forward pass. TorchSharp holds all of them until their dispose scope ends, whether autograd needs them or not.
/// </param>
/// <param name="Temporaries">
/// Temporary additional memory: the larger of what TorchSharp's AdamW creates in a step and frees at its end (two tensors of the size of each parameter
/// that trains), and of two gradients of the last layer's output when the backward pass begins; and the memory into which parts of quantised weights are
/// restored, which the thread keeps: the largest weight in the type of the activations, up to about 64 MiB.
/// </param>
public sealed record MemoryRow(TrainingMode Mode, long Weights, long Gradients, long Optimizer, long Activations, long Temporaries)
{
    /// <summary>Weights, gradients, optimizer states and activations.</summary>
    public long Total => Weights + Gradients + Optimizer + Activations;

    /// <summary>The total and the temporaries: the peak memory.</summary>
    public long Peak => Total + Temporaries;
}
