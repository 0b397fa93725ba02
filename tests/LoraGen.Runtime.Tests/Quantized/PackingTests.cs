using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Quantised weights against the definition.</summary>
public class PackingTests
{
    private static readonly Quantization[] Formats = [Quantization.Nf4, Quantization.Fp4, Quantization.Int8, Quantization.Nf2];

    private static readonly (string Name, Func<Tensor> Make)[] Weights =
    [
        ("random", () => Make.Normal(1, 33, 128)),
        ("zeros", () => zeros(4, 64)),
        ("one outlier", () => With(Make.Normal(2, 8, 96), 100, 250f)),
        ("one value", () => tensor(new[] { -3f }).view(1, 1)),
        ("63 values", () => Make.Normal(3, 9, 7)),
        ("65 values", () => Make.Normal(4, 13, 5)),
        ("1000 values", () => Make.Normal(5, 25, 40)),
        ("subnormal", () => Make.Normal(6, 8, 64).mul(1e-38)),
        ("huge", () => Make.Normal(7, 8, 64).mul(1e37)),
        ("a row of zeros", () => With(zeros(3, 64), 70, 1f)),
        ("several parts", () => Make.Normal(8, 1100, 65)),
    ];

    public static TheoryData<string, Quantization> Cases()
    {
        var cases = new TheoryData<string, Quantization>();
        foreach (var (name, _) in Weights)
        {
            foreach (var format in Formats)
                cases.Add(name, format);
        }

        return cases;
    }

    public static TheoryData<Quantization> EachFormat => [.. Formats];

    [Theory, MemberData(nameof(Cases))]
    public void Each_weight_gets_the_nearest_value(string name, Quantization format)
    {
        using var scope = NewDisposeScope();
        var weight = Weights.Single(entry => entry.Name == name).Make().cpu();
        var options = new BaseQuantization(format) { DoubleQuantization = false };
        using var quantized = QuantizedWeight.Of("layer", weight, options);

        var block = format == Quantization.Int8 ? (int)weight.shape[1] : options.BlockSize;
        var expected = QuantizationReference.Restored(weight.data<float>().ToArray(), format, block);
        var actual = quantized.Dequantize().data<float>().ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, (Math.Abs(pair.First) * 3e-7) + float.Epsilon));
    }

    [Theory, MemberData(nameof(EachFormat))]
    public void Numbers_around_the_midpoints_get_the_nearer_value(Quantization format)
    {
        using var scope = NewDisposeScope();
        var values = QuantizationReference.Values(format);
        var numbers = values.Zip(values.Skip(1), (low, high) => (float)((low + high) / 2))
            .SelectMany(middle => new[] { MathF.BitDecrement(middle), middle, MathF.BitIncrement(middle) })
            .ToArray();

        // The scale of each block is 1, and of each row if rows are blocks.
        var rows = numbers.Chunk(31).Select(some => some.Concat(Enumerable.Repeat(0f, 31 - some.Length)).Append(1f).ToArray()).ToArray();
        var weight = tensor(rows.SelectMany(row => row).ToArray()).view(rows.Length, 32);
        using var quantized = QuantizedWeight.Of("layer", weight, new BaseQuantization(format) { BlockSize = 32, DoubleQuantization = false });
        var actual = quantized.Dequantize().data<float>().ToArray();

        foreach (var (number, restored) in weight.data<float>().ToArray().Zip(actual))
            Assert.True(Math.Abs(number - restored) <= values.Min(value => Math.Abs(number - value)) + 1e-7, $"{number:R} became {restored:R}");
    }

    [Theory, InlineData(Quantization.Nf4), InlineData(Quantization.Fp4)]
    public void Quotients_that_round_to_a_midpoint_get_the_exact_code(Quantization format)
    {
        using var scope = NewDisposeScope();
        var codebook = format == Quantization.Nf4 ? Codebook.Nf4 : Codebook.Fp4;
        var random = new Random(3);
        float[] numbers = [.. Enumerable.Range(0, 300).SelectMany(_ => Block((float)(random.NextDouble() + 0.5)))];
        using var quantized = QuantizedWeight.Of("layer", tensor(numbers).view(-1, 64), new BaseQuantization(format) { DoubleQuantization = false });
        var expected = numbers.Chunk(64).SelectMany(
            block => block.Select(number => codebook.Values[codebook.CodeOfRank[codebook.RankOf(number, block[0])]] * block[0]));
        Assert.Equal(expected, quantized.Dequantize().data<float>().ToArray());

        // The scale, and what is next to each product of it and a midpoint.
        IEnumerable<float> Block(float scale)
        {
            var near = codebook.Midpoints.Select(midpoint => (float)(midpoint * scale))
                .SelectMany(number => new[] { MathF.BitDecrement(number), number, MathF.BitIncrement(number) });
            return near.Prepend(scale).Concat(Enumerable.Repeat(0f, 64)).Take(64);
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(4096)]
    public void Blocks_of_each_size_have_scales_of_their_own(int size)
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(9, 130, 100).cpu();
        using var quantized = QuantizedWeight.Of(
            "layer", weight, new BaseQuantization(Quantization.Nf4) { BlockSize = size, DoubleQuantization = false });
        var expected = QuantizationReference.Restored(weight.data<float>().ToArray(), Quantization.Nf4, size);
        Assert.All(expected.Zip(quantized.Dequantize().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Scales_are_quantised_around_their_mean()
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(10, 700, 64).cpu();
        using var plain = QuantizedWeight.Of("layer", weight, new BaseQuantization(Quantization.Nf4) { DoubleQuantization = false });
        using var doubled = QuantizedWeight.Of("layer", weight, new BaseQuantization(Quantization.Nf4));
        double[] scales = [.. weight.data<float>().ToArray().Chunk(64).Select(block => (double)block.Max(Math.Abs))];
        var expected = QuantizationReference.Doubled(scales);

        var ratios = doubled.Dequantize().data<float>().ToArray().Zip(plain.Dequantize().data<float>().ToArray());
        foreach (var (block, (restored, full)) in ratios.Select((pair, i) => (i / 64, pair)))
            Assert.Equal(full * expected[block] / scales[block], restored, 2e-6);
        Assert.Equal((700 * 32) + 700 + (3 * 4) + 4, doubled.Bytes);
        Assert.InRange(doubled.Bytes / (4.0 * weight.numel()), 0.12, 0.14);
    }

    [Theory, MemberData(nameof(EachFormat))]
    public void Operators_restore_what_vector_instructions_do(Quantization format)
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(11, 70, 72).cpu();
        using var quantized = QuantizedWeight.Of("layer", weight, new BaseQuantization(format));
        var chunk = quantized.Chunks(ScalarType.Float32).Single();
        Expect.Close(quantized.Rows(chunk, ScalarType.Float32).clone(), quantized.RowsByOperators(chunk, ScalarType.Float32), 1e-6);
        var half = quantized.Rows(chunk, ScalarType.BFloat16).to(ScalarType.Float32);
        Expect.SameBits(quantized.Dequantize().to(ScalarType.BFloat16).to(ScalarType.Float32), half);
    }

    [Fact]
    public void Every_kind_of_processor_reads_the_same_values()
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(12, 16, 64).cpu();
        using var quantized = QuantizedWeight.Of("layer", weight, new BaseQuantization(Quantization.Nf4) { DoubleQuantization = false });
        var expected = quantized.Dequantize().data<float>().ToArray();
        Assert.All(ProcessorReaders.Read(weight), read => Assert.Equal(expected, read));
    }

    [Fact]
    public void The_error_of_two_bits_is_what_the_documentation_says()
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(13, 256, 256).cpu();
        using var quantized = QuantizedWeight.Of("layer", weight, new BaseQuantization(Quantization.Nf2));
        Assert.InRange(quantized.Error, 0.41, 0.43);
    }

    [Theory]
    [InlineData(Quantization.Nf4, 64, 7, 130)] // the last block is filled by a part
    [InlineData(Quantization.Fp4, 2048, 700, 96)] // more rows than are read at a time, blocks of more values
    [InlineData(Quantization.Nf2, 32, 5, 100)]
    [InlineData(Quantization.Int8, 0, 600, 515)]
    public void The_error_is_the_distance_of_the_restored_weight(Quantization format, int blockSize, long outputs, long inputs)
    {
        using var scope = NewDisposeScope();
        var weight = Make.Normal(15, outputs, inputs);
        using var quantized = QuantizedWeight.Of("layer", weight, new BaseQuantization(format) { BlockSize = blockSize });
        var exact = weight.to(ScalarType.Float64);
        var expected = (exact - quantized.Dequantize().to(ScalarType.Float64)).norm() / exact.norm();
        Assert.Equal(expected.item<double>(), quantized.Error, 1e-6 * expected.item<double>());
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_refused()
    {
        using var scope = NewDisposeScope();
        var weight = With(Make.Normal(14, 8, 64).cpu(), 77, float.NaN);
        var error = Assert.Throws<InvalidOperationException>(() => QuantizedWeight.Of("layers.0.fc", weight, new BaseQuantization(Quantization.Nf4)));
        Assert.StartsWith("layers.0.fc: the weight has values that are not finite", error.Message, StringComparison.Ordinal);
    }

    private static Tensor With(Tensor weight, long index, float value)
    {
        weight.view(-1)[index] = value;
        return weight;
    }
}
