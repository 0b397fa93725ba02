using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>What is written is what is read.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<ScalarType> Dtypes =>
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16,
        ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    private string File => _folder["model.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Dtypes))]
    public void Every_type_in_every_shape(ScalarType dtype)
    {
        long[][] shapes = [[], [1], [0], [7], [3, 5], [2, 0, 4], [2, 3, 4, 5], [1, 1, 1, 1, 1, 1, 3]];
        var tensors = shapes.ToDictionary(shape => $"[{string.Join(',', shape)}]", shape => Any(dtype, shape));
        SafetensorsWriter.Write(File, tensors);

        foreach (var map in new[] { true, false })
        {
            using var file = SafetensorsFile.Open(File, map);
            Assert.Equal(shapes.Length, file.Tensors.Count);
            foreach (var (name, tensor) in tensors)
            {
                Assert.Equal(dtype, file[name].Dtype);
                Assert.Equal(tensor.shape, file[name].Shape);
                Assert.Equal(tensor.numel() * tensor.ElementSize, file[name].ByteCount);
                Expect.SameBits(tensor, file.Read(name, TestDevice.Device), name);
            }
        }
    }

    [Fact]
    public void Numbers_that_are_none_keep_their_bits()
    {
        int[] bits = [0x7FC00001, unchecked((int)0xFF800000), 1, unchecked((int)0x80000000), 0x7F812345];
        var special = tensor(bits.Select(BitConverter.Int32BitsToSingle).ToArray());
        SafetensorsWriter.Write(File, Named(("x", special)));

        using var file = SafetensorsFile.Open(File);
        Assert.Equal(bits, file.Read("x").data<float>().ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Views_parameters_and_shared_memory()
    {
        var whole = Make.Normal(1, 6, 8);
        using var layer = Make.Model(() => nn.Linear(4, 3));
        var tensors = Named(
            ("transposed", whole.t()), ("columns", whole.narrow(1, 2, 3)), ("row", whole[4]), ("expanded", whole.narrow(0, 0, 1).expand(5, 8)),
            ("whole", whole), ("again", whole), ("weight", layer.weight));
        SafetensorsWriter.Write(File, tensors);

        using var file = SafetensorsFile.Open(File);
        foreach (var (name, tensor) in tensors)
        {
            var read = file.Read(name);
            Expect.SameBits(tensor.cpu(), read, name);
            Assert.True(read.is_contiguous());
            Assert.False(read.requires_grad);
        }
    }

    [Fact]
    public void Names_and_metadata_of_any_text()
    {
        string[] texts = ["", "a\"b\\c/d", "tab\tline\n\u0001", "é 漢字 🙂", "</script>&'+", "data_offsets"];
        var metadata = texts.ToDictionary(text => text, text => text + "!");
        SafetensorsWriter.Write(File, texts.Select(text => KeyValuePair.Create(text, tensor(text.Length))), metadata);

        using var file = SafetensorsFile.Open(File);
        Assert.Equal(metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal), file.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        Assert.Equal(texts.Order(StringComparer.Ordinal), file.Tensors.Select(tensor => tensor.Name));
        Assert.All(texts, text => Assert.Equal(text.Length, file.Read(text).item<int>()));
    }

    [Fact]
    public void Data_is_aligned_and_order_does_not_change_the_bytes()
    {
        var tensors = Named(
            ("b", Any(ScalarType.Byte, [3])), ("a", Any(ScalarType.Float16, [5])), ("c", Any(ScalarType.Float64, [2])), ("d", Any(ScalarType.Byte, [1])));
        SafetensorsWriter.Write(File, tensors);
        SafetensorsWriter.Write(_folder["reversed"], tensors.Reverse());

        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(_folder["reversed"]));
        Assert.Equal(0, BitConverter.ToInt64(bytes) % 8);
        using var file = SafetensorsFile.Open(File);
        Assert.Equal(["c", "a", "b", "d"], file.Tensors.Select(tensor => tensor.Name));
        Assert.All(file.Tensors, tensor => Assert.Equal(0, tensor.Begin % SafetensorsDtype.SizeOf(tensor.Dtype)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Reading_converts_and_the_tensor_outlives_the_file(bool map)
    {
        SafetensorsWriter.Write(File, Named(("x", tensor(new[] { 1.5f, -2f }))));
        Tensor half;
        using (var file = SafetensorsFile.Open(File, map))
            half = file.Read("x", TestDevice.Device, ScalarType.Float16);

        System.IO.File.Delete(File);
        Assert.Equal(ScalarType.Float16, half.dtype);
        Assert.Equal(TestDevice.Device.type, half.device_type);
        Assert.Equal([1.5f, -2f], half.cpu().to(ScalarType.Float32).data<float>().ToArray());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Reading_and_writing_leave_no_tensor(bool map)
    {
        var tensors = Named(("x", Make.Normal(1, 4, 6).t()), ("y", Make.Normal(2, 3)));
        var left = Memory.LiveTensors.LeftBy(Round, times: 20);
        Assert.Equal(0, left);

        void Round()
        {
            SafetensorsWriter.Write(File, tensors);
            using var file = SafetensorsFile.Open(File, map);
            file.Read("x", dtype: ScalarType.BFloat16).Dispose();
            file.Read("y", TestDevice.Device).Dispose();
            file.Read("y").Dispose();
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_tensor_is_one_of_the_current_scope(bool map)
    {
        SafetensorsWriter.Write(File, Named(("x", tensor(1f))));
        using var file = SafetensorsFile.Open(File, map);
        Tensor read;
        using (NewDisposeScope())
            read = file.Read("x", TestDevice.Device, ScalarType.Float64);
        Assert.True(read.IsInvalid);
    }

    [Theory, InlineData(4), InlineData(12), InlineData(16), InlineData(1000)]
    public void Parts_make_the_whole(int partLength)
    {
        var tensor = arange(10, dtype: ScalarType.Int32).view(2, 5);
        var bytes = new byte[40];
        TensorBytes.ForEachPart(tensor, (position, part) => part.CopyTo(bytes.AsSpan((int)position)), partLength);
        Assert.Equal(tensor.bytes.ToArray(), bytes);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Threads_read_at_once(bool map)
    {
        var tensors = Enumerable.Range(0, 8).ToDictionary(i => $"{i}", i => full([1000], i, dtype: ScalarType.Float32));
        SafetensorsWriter.Write(File, tensors);
        using var file = SafetensorsFile.Open(File, map);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var read = file.Read($"{i % 8}");
            Assert.All(read.data<float>().ToArray(), value => Assert.Equal(i % 8, value));
        });
    }

    private static Dictionary<string, Tensor> Named(params (string Name, Tensor Tensor)[] tensors)
    {
        return tensors.ToDictionary(entry => entry.Name, entry => entry.Tensor);
    }

    private static Tensor Any(ScalarType dtype, long[] shape)
    {
        var seed = (int)dtype + (31 * shape.Length);
        var drawn = Make.Normal(seed, shape).mul(40);
        return dtype is ScalarType.Bool ? drawn.gt(0) : dtype is ScalarType.Byte ? drawn.abs().to(dtype) : drawn.to(dtype);
    }
}
