namespace LoraGen;

/// <summary>
/// Gradient checkpointing: in training, calls of the block keep its inputs instead of what is computed in it, and the block is run again in the backward pass.
/// It takes effect when an adapter is attached to the model, or by <see cref="CheckpointedBlocks.Enable"/>.
/// </summary>
/// <remarks>
/// On a module class it is for each module of the class; on a member for that module, or for each item of a <c>ModuleList</c>. The block must be a function of
/// its inputs and parameters, and return tensors.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class CheckpointAttribute : Attribute
{
    /// <summary>
    /// The number of successive blocks of a <c>ModuleList</c> that keep one input: fewer inputs are kept, and the backward pass needs the memory of as many
    /// blocks. A block of which the input isn't the output of the block before keeps its own. Only on a <c>ModuleList</c>. Default 1.
    /// </summary>
    public int Every { get; set; } = 1;
}
