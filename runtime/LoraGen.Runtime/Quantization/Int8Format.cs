using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoraGen;

/// <summary>Integers from -127 to 127, stored with an offset of 128.</summary>
internal sealed unsafe class Int8Format : BlockFormat
{
    private const int Offset = 128;
    private const int Largest = 127;
    private const int Together = 16;

    private readonly float[] _expanded = [.. Enumerable.Range(0, 2 * Offset).Select(code => (float)(code - Offset) / Largest)];

    private Int8Format()
    {
    }

    public static Int8Format Instance { get; } = new();

    public override int CodesPerByte => 1;

    public override ReadOnlySpan<float> Expanded => _expanded;

    public override void Dequantize(byte* codes, float* scales, int blocks, int size, float* values)
    {
        for (var block = 0; block < blocks; block++, codes += size, values += size)
            Dequantize(codes, scales[block], size, values);
    }

    private protected override void Quantize(float* values, int count, float scale, byte* codes)
    {
        var divisor = scale == 0 ? 1 : scale;
        var i = 0;
        for (; Avx.IsSupported && i + Together <= count; i += Together)
        {
            var low = Sse2.PackSignedSaturate(Rounded(values + i, divisor), Rounded(values + i + 4, divisor));
            var high = Sse2.PackSignedSaturate(Rounded(values + i + 8, divisor), Rounded(values + i + 12, divisor));
            Sse2.PackUnsignedSaturate(low, high).Store(codes + i);
        }

        for (; i < count; i++)
            codes[i] = (byte)(Offset + (int)Math.Round((double)values[i] * Largest / divisor));
    }

    // In double and to even halves, as Math.Round.
    private static Vector128<int> Rounded(float* values, double divisor)
    {
        var quotients = Avx.ConvertToVector256Double(Vector128.Load(values)) * Vector256.Create((double)Largest) / Vector256.Create(divisor);
        return Avx.ConvertToVector128Int32(quotients) + Vector128.Create(Offset);
    }

    private static void Dequantize(byte* codes, float scale, int count, float* values)
    {
        var i = 0;
        for (; i + Vector<byte>.Count <= count; i += Vector<byte>.Count)
        {
            Vector.Widen(*(Vector<byte>*)(codes + i), out var low, out var high);
            Write(low, scale, values + i);
            Write(high, scale, values + i + (Vector<byte>.Count / 2));
        }

        for (; i < count; i++)
            values[i] = (float)(codes[i] - Offset) / Largest * scale;
    }

    private static void Write(Vector<ushort> codes, float scale, float* values)
    {
        var offset = new Vector<int>(Offset);
        var largest = new Vector<float>(Largest);
        Vector.Widen(codes, out var low, out var high);
        *(Vector<float>*)values = Vector.ConvertToSingle(Vector.AsVectorInt32(low) - offset) / largest * scale;
        *(Vector<float>*)(values + Vector<float>.Count) = Vector.ConvertToSingle(Vector.AsVectorInt32(high) - offset) / largest * scale;
    }
}
