using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Block-wise dynamic quantisation to 8 bits: the values of a block are divided by the largest absolute one, and the nearest of <see cref="DynamicCodes"/> is
/// stored. A block with a value that is not finite is NaN afterwards, at least where that value was.
/// </summary>
internal static unsafe class DynamicBlocks
{
    /// <summary>The number of values with a common scale. The paper has 2048; bitsandbytes has 256, and so a smaller error for 0.1 bits more.</summary>
    public const int Size = 256;

    private const long Grain = 64;

    public static long Count(long values) => (values + Size - 1) / Size;

    /// <summary>Stores values.</summary>
    /// <param name="map">The numbers that the codes stand for.</param>
    /// <param name="values">The values in float32, contiguous.</param>
    /// <param name="codes">Where the codes are written, of type Byte with as many elements.</param>
    /// <param name="scales">Where the scales are written, [<see cref="Count"/>] in float32.</param>
    public static void Write(DynamicCodes map, Tensor values, Tensor codes, Tensor scales)
    {
        if (!OnProcessor(values))
        {
            WriteByOperators(map, values, codes, scales);
            return;
        }

        var from = TensorMemory.Start<float>(values);
        var to = TensorMemory.Start<byte>(codes);
        var largest = TensorMemory.Start<float>(scales);
        var count = values.numel();
        TensorMemory.Divide(Count(count), Grain, get_num_threads(), (start, end) =>
        {
            for (var block = start; block < end; block++)
            {
                var (first, length) = (block * Size, (int)Math.Min(Size, count - (block * Size)));
                largest[block] = AbsoluteMaximum.Of(from + first, length);
                var divisor = largest[block] == 0 ? 1 : largest[block];
                if (Avx2.IsSupported)
                    Encode256(map, from + first, length, divisor, to + first);
                else
                    Encode(map, from + first, length, divisor, to + first);
            }
        });
        KeepAlive(values, codes, scales);
    }

    /// <summary>Restores values.</summary>
    /// <param name="map">The numbers that the codes stand for.</param>
    /// <param name="codes">The codes.</param>
    /// <param name="scales">The scales of the blocks.</param>
    /// <param name="values">Where the values are written, contiguous in float32 with as many elements.</param>
    public static void Read(DynamicCodes map, Tensor codes, Tensor scales, Tensor values)
    {
        if (!OnProcessor(values))
        {
            ReadByOperators(map, codes, scales, values);
            return;
        }

        var from = TensorMemory.Start<byte>(codes);
        var to = TensorMemory.Start<float>(values);
        var factors = TensorMemory.Start<float>(scales);
        var count = values.numel();
        TensorMemory.Divide(Count(count), Grain, get_num_threads(), (start, end) =>
        {
            for (var block = start; block < end; block++)
            {
                var (first, length) = (block * Size, (int)Math.Min(Size, count - (block * Size)));
                if (Avx2.IsSupported)
                    Decode256(map, from + first, length, factors[block], to + first);
                else
                    Decode(map, from + first, length, factors[block], to + first);
            }
        });
        KeepAlive(values, codes, scales);
    }

    internal static void WriteByOperators(DynamicCodes map, Tensor values, Tensor codes, Tensor scales)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var blocks = zeros([scales.numel(), Size], ScalarType.Float32, values.device);
        blocks.view(-1).narrow(0, 0, values.numel()).copy_(values.reshape(-1));
        scales.copy_(blocks.abs().amax(1));
        var shares = blocks / where(scales.eq(0), ones_like(scales), scales).unsqueeze(1);
        var found = searchsorted(tensor(map.Bounds, device: values.device), shares);
        codes.copy_(found.view(-1).narrow(0, 0, values.numel()).to(ScalarType.Byte).view(codes.shape));
    }

    internal static void ReadByOperators(DynamicCodes map, Tensor codes, Tensor scales, Tensor values)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var numbers = tensor(map.Values, device: values.device).index_select(0, codes.reshape(-1).to(ScalarType.Int32));
        var factors = scales.repeat_interleave(Size).narrow(0, 0, values.numel());
        values.copy_(numbers.mul_(factors).view(values.shape));
    }

    internal static void Encode(DynamicCodes map, float* values, int count, float divisor, byte* codes)
    {
        for (var i = 0; i < count; i++)
            codes[i] = map.Nearest(values[i] / divisor);
    }

    internal static void Encode256(DynamicCodes map, float* values, int count, float divisor, byte* codes)
    {
        var i = 0;
        fixed (int* starts = map.Starts)
        fixed (float* bounds = map.CellBounds)
        {
            for (; i + (2 * Vector256<float>.Count) <= count; i += 2 * Vector256<float>.Count)
            {
                var low = Nearest(map, Vector256.Load(values + i) / divisor, starts, bounds);
                var high = Nearest(map, Vector256.Load(values + i + Vector256<float>.Count) / divisor, starts, bounds);
                var both = Vector256.Narrow(low, high);
                Vector128.Narrow(both.GetLower(), both.GetUpper()).AsByte().Store(codes + i);
            }
        }

        Encode(map, values + i, count - i, divisor, codes + i);
    }

    internal static void Decode(DynamicCodes map, byte* codes, int count, float scale, float* values)
    {
        for (var i = 0; i < count; i++)
            values[i] = map.Values[codes[i]] * scale;
    }

    internal static void Decode256(DynamicCodes map, byte* codes, int count, float scale, float* values)
    {
        var i = 0;
        fixed (float* numbers = map.Values)
        {
            for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
                (Avx2.GatherVector256(numbers, Avx2.ConvertToVector256Int32(codes + i), sizeof(float)) * scale).Store(values + i);
        }

        Decode(map, codes + i, count - i, scale, values + i);
    }

    // As DynamicCodes.Nearest. A comparison is -1 where it holds.
    private static Vector256<int> Nearest(DynamicCodes map, Vector256<float> values, int* starts, float* bounds)
    {
        var bits = values.AsInt32();
        var cell = Vector256.ShiftRightArithmetic(bits & Vector256.Create(int.MaxValue), map.Shift) - Vector256.Create(map.First);
        cell = Vector256.Min(Vector256.Max(cell, Vector256<int>.Zero), Vector256.Create(map.Cells - 1));
        if (map.IsSigned)
            cell += Vector256.ShiftRightArithmetic(bits, 31) & Vector256.Create(map.Cells);
        var isAbove = Vector256.GreaterThan(values, Avx2.GatherVector256(bounds, cell, sizeof(float))).AsInt32();
        return Avx2.GatherVector256(starts, cell, sizeof(int)) - isAbove;
    }

    private static void KeepAlive(Tensor values, Tensor codes, Tensor scales)
    {
        GC.KeepAlive(values);
        GC.KeepAlive(codes);
        GC.KeepAlive(scales);
    }

    private static bool OnProcessor(Tensor tensor) => tensor.device_type == TorchSharp.DeviceType.CPU;
}
