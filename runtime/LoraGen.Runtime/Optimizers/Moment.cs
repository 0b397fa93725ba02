using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>One of Adam's moments of a parameter, as it is stored between the steps.</summary>
internal abstract class Moment(long[] shape)
{
    public long[] Shape => shape;

    /// <summary>The stored tensors with their shapes and types.</summary>
    public abstract IReadOnlyList<(StateTensor Tensor, long[] Shape, ScalarType Type)> Tensors { get; }

    /// <summary>Returns the values, zero before the first step. They may be changed in place until they are written.</summary>
    public abstract Tensor Read(Device device);

    /// <summary>Stores the values that <see cref="Read"/> has returned.</summary>
    public abstract void Write(Tensor values);
}
