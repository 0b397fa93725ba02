using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>A moment in float32 or float64.</summary>
internal sealed class FullMoment(long[] shape, ScalarType type) : Moment(shape)
{
    private readonly StateTensor _values = new();

    public override IReadOnlyList<(StateTensor Tensor, long[] Shape, ScalarType Type)> Tensors => [(_values, Shape, type)];

    public override Tensor Read(Device device) => _values.Value ?? _values.Set(zeros(Shape, dtype: type, device: device));

    public override void Write(Tensor values)
    {
        // The values were changed in place.
    }
}
