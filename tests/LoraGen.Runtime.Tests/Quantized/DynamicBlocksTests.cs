using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Values in blocks with a common scale, stored in 8 bits.</summary>
public sealed class DynamicBlocksTests
{
    public static TheoryData<string, bool, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, int>();
            foreach (var kind in (string[])["random", "wide", "outlier", "zero", "subnormal", "equal"])
            {
                foreach (var count in (int[])[1, 5, 17, 255, 256, 257, 1000])
                {
                    cases.Add(kind, true, count);
                    cases.Add(kind, false, count);
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Codes_and_scales_are_the_references_to_the_bit(string kind, bool isSigned, int count)
    {
        var map = DynamicCodesTests.Map(isSigned);
        var values = Values(kind, isSigned, count);
        var (codes, scales) = DynamicReference.Quantise(map.Values, values, DynamicBlocks.Size);

        var (written, largest) = Written(map, tensor(values));
        Assert.Equal(codes, written.data<byte>().ToArray());
        Assert.Equal(scales, largest.data<float>().ToArray());

        var restored = empty(count);
        DynamicBlocks.Read(map, written, largest, restored);
        Assert.Equal(codes.Select((code, i) => map.Values[code] * scales[i / DynamicBlocks.Size]), restored.data<float>().ToArray());
    }

    [Theory, MemberData(nameof(Cases))]
    public void Operators_give_the_same_bits(string kind, bool isSigned, int count)
    {
        var map = DynamicCodesTests.Map(isSigned);
        var values = tensor(Values(kind, isSigned, count));
        var (codes, scales) = Written(map, values);
        var (onDevice, byOperators) = (zeros(count, ScalarType.Byte).to(TestDevice.Device), zeros(scales.shape).to(TestDevice.Device));
        DynamicBlocks.WriteByOperators(map, values.to(TestDevice.Device), onDevice, byOperators);
        Expect.SameBits(codes, onDevice);
        Expect.SameBits(scales, byOperators);

        var (one, other) = (empty(count), empty(count).to(TestDevice.Device));
        DynamicBlocks.Read(map, codes, scales, one);
        DynamicBlocks.ReadByOperators(map, onDevice, byOperators, other);
        Expect.SameBits(one, other);
    }

    [Fact]
    public void Many_blocks_are_divided_among_threads()
    {
        var values = Make.Normal(5, 3, 97, 1000);
        var map = DynamicCodes.Signed;
        var before = get_num_threads();
        set_num_threads(1);
        var (codes, scales) = Written(map, values);
        set_num_threads(4);
        var (again, largest) = Written(map, values);
        set_num_threads(before);
        Expect.SameBits(codes, again);
        Expect.SameBits(scales, largest);
        var restored = empty(values.shape);
        DynamicBlocks.Read(map, again, largest, restored);

        // The coarsest numbers are 0.9 / 64 of the largest apart; the quotient and the product are rounded.
        Expect.Close(values, restored, values.abs().max().item<float>() * 0.9001 / 128);
        Expect.Differ(values, restored, 1e-3);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity), InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_not_hidden(float wrong)
    {
        var values = randn(3 * DynamicBlocks.Size);
        values[DynamicBlocks.Size + 7] = wrong;
        var (codes, scales) = Written(DynamicCodes.Signed, values);
        var restored = empty(values.shape);
        DynamicBlocks.Read(DynamicCodes.Signed, codes, scales, restored);
        Assert.False(float.IsFinite(restored[DynamicBlocks.Size + 7].item<float>()));
        Assert.True(restored.narrow(0, 0, DynamicBlocks.Size).isfinite().all().item<bool>());
        Assert.True(restored.narrow(0, 2 * DynamicBlocks.Size, DynamicBlocks.Size).isfinite().all().item<bool>());
    }

    private static (Tensor Codes, Tensor Scales) Written(DynamicCodes map, Tensor values)
    {
        var (codes, scales) = (empty(values.shape, ScalarType.Byte), empty(DynamicBlocks.Count(values.numel())));
        DynamicBlocks.Write(map, values, codes, scales);
        return (codes, scales);
    }

    private static float[] Values(string kind, bool isSigned, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(Value).Select(value => isSigned ? value : Math.Abs(value))];

        float Value(int i)
        {
            var uniform = (float)((2 * random.NextDouble()) - 1);
            return kind switch
            {
                "random" => uniform,
                "wide" => uniform * (float)Math.Pow(10, -9 * random.NextDouble()),
                "outlier" => i == count / 2 ? -1000 : uniform,
                "zero" => 0,
                "subnormal" => uniform * 1e-39f,
                _ => -3,
            };
        }
    }
}
