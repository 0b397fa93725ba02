using System.Buffers.Binary;

namespace LoraGen.Torch.Tests.Creation;

/// <summary>Tensors over the bytes of a file.</summary>
public sealed class FileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Semantics("torch.from_file")]
    [Fact]
    public void From_file_maps_the_elements_in_the_files_order_and_keeps_the_file_as_it_is()
    {
        var bytes = new byte[4 * 6];
        for (var i = 0; i < 6; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), 0.5f * i);
        File.WriteAllBytes(_path, bytes);

        using var mapped = from_file(_path, shared: false, 6, ScalarType.Float32, CPU);
        Assert.Equal([0, 0.5f, 1, 1.5f, 2, 2.5f], mapped.data<float>().ToArray());
        mapped.fill_(7);
        Assert.Equal(bytes, File.ReadAllBytes(_path));
        using var halves = from_file(_path, shared: false, 12, ScalarType.Int16, CPU);
        Assert.Equal(BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(6)), halves[3].item<short>());
        Assert.ThrowsAny<Exception>(() => from_file(_path, shared: false, 7, ScalarType.Float32, CPU));
    }

    [Semantics("Tensor.set_")]
    [Fact]
    public void Set_makes_a_tensor_the_other_ones_elements()
    {
        using var source = arange(6L, device: CPU).view(2, 3).narrow(0, 1, 1);
        using var target = empty(0, dtype: ScalarType.Int64);
        target.set_(source);
        Assert.Equal([1, 3], target.shape);
        Assert.Equal([3, 4, 5], target.data<long>().ToArray());
        source.fill_(9);
        Assert.Equal([9, 9, 9], target.data<long>().ToArray());
    }
}
