using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>A moment in codes of 8 bits, with a scale for each block.</summary>
internal sealed class EightBitMoment(long[] shape, DynamicCodes map) : Moment(shape)
{
    // Smaller moments take little memory, and are often those of sensitive parameters such as norms and biases.
    private const long FewestElements = 4096;

    private readonly StateTensor _codes = new();
    private readonly StateTensor _scales = new();

    public override IReadOnlyList<(StateTensor Tensor, long[] Shape, ScalarType Type)> Tensors
    {
        get => [(_codes, Shape, ScalarType.Byte), (_scales, [DynamicBlocks.Count(Elements)], ScalarType.Float32)];
    }

    private long Elements => Count(Shape);

    /// <summary>Whether moments of the shape stay in float32.</summary>
    public static bool IsTooSmall(long[] shape) => Count(shape) < FewestElements;

    public override Tensor Read(Device device)
    {
        if (_codes.Value is not { } codes || _scales.Value is not { } scales)
            return zeros(Shape, ScalarType.Float32, device);

        var values = empty(Shape, ScalarType.Float32, device);
        DynamicBlocks.Read(map, codes, scales, values);
        return values;
    }

    public override void Write(Tensor values)
    {
        var codes = _codes.Value ?? _codes.Set(empty(Shape, ScalarType.Byte, values.device));
        var scales = _scales.Value ?? _scales.Set(empty([DynamicBlocks.Count(Elements)], ScalarType.Float32, values.device));
        DynamicBlocks.Write(map, values, codes, scales);
    }

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
