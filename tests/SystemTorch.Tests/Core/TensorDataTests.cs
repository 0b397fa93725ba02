using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class TensorDataTests
{
    [Fact]
    public void An_accessor_follows_strides()
    {
        using var a = arange(6, float32).view(2, 3);
        using var t = a.t();
        var accessor = t.data<float>();
        Assert.Equal(6, accessor.Count);
        Assert.Equal([0, 3, 1, 4, 2, 5], accessor.ToArray());
        Assert.Equal(4, accessor[1, 1]);
        Assert.Equal(3, accessor[1]);
        Assert.Equal([0, 3, 1, 4, 2, 5], accessor);
        accessor[2, 1] = 50;
        Assert.Equal(50, a[1, 2].item<float>());
        Assert.Equal(new float[,] { { 0, 3 }, { 1, 4 }, { 2, 50 } }, (float[,])accessor.ToNDArray());
        Assert.Throws<IndexOutOfRangeException>(() => accessor[0, 2]);
        Assert.Throws<IndexOutOfRangeException>(() => accessor[6]);
    }

    [Fact]
    public void An_accessor_copies_parts()
    {
        using var a = arange(5, float32);
        var accessor = a.data<float>();
        var target = new float[4];
        accessor.CopyTo(target, arrayIndex: 1, tensorIndex: 2);
        Assert.Equal([0, 2, 3, 4], target);
        accessor.CopyFrom([10, 20], tensorIndex: 3);
        Assert.Equal([0, 1, 2, 10, 20], a.Floats());
        Assert.Throws<ArgumentOutOfRangeException>(() => accessor.CopyTo(target, 0, 5));
        accessor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => accessor[0]);
    }

    [Fact]
    public void Bytes_are_the_elements_in_memory()
    {
        using var a = tensor(new float[] { 1, -2 });
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], a.bytes.ToArray());
        using var b = zeros(2);
        b.bytes = a.bytes;
        Assert.Equal([1, -2], b.Floats());
        Assert.Throws<ArgumentException>(() => b.bytes = new byte[3]);
        using var t = zeros(2, 3).t();
        Assert.Throws<InvalidOperationException>(() => _ = t.bytes);
    }

    [Fact]
    public void Streams_carry_the_bytes()
    {
        using var a = arange(1000, float64);
        var stream = new MemoryStream();
        a.WriteBytesToStream(stream, bufferSize: 100);
        Assert.Equal(8000, stream.Length);
        stream.Position = 0;
        using var b = zeros([1000], float64);
        b.ReadBytesFromStream(stream, bufferSize: 333);
        Assert.True(a.Equals(b));
        Assert.Throws<EndOfStreamException>(() => b.ReadBytesFromStream(stream));
    }

    [Fact]
    public void Views_share_a_storage()
    {
        using var a = arange(6, float32);
        using var b = a[2..];
        Assert.Equal(a.storage<float>().data_ptr(), b.storage<float>().data_ptr());
        Assert.NotEqual(a.storage<float>().data_ptr(), a.clone().storage<float>().data_ptr());
        Assert.Equal(2, b.storage_offset());
        Assert.Equal(24u, b.storage<float>().nbytes());
        Assert.Equal([0, 1, 2, 3, 4, 5], b.storage<float>().ToArray());
        b.storage<float>()[2] = 9;
        Assert.Equal(9, a[2].item<float>());
        Assert.Throws<NotSupportedException>(() => a.storage<Half>());
    }

    [Fact]
    public void Shape_and_kind()
    {
        using var a = zeros([2, 3], float64);
        Assert.Equal("[2x3], type = Float64, device = cpu", a.ToString());
        Assert.Equal("[], type = Float32, device = cpu", tensor(1f).ToString());
        Assert.Equal([3, 1], a.stride());
        Assert.Equal(3, a.size(-1));
        Assert.Equal(6, a.numel());
        Assert.Equal(2, a.dim());
        Assert.True(a.is_contiguous());
        Assert.False(a.t().is_contiguous());
        Assert.Equal(DeviceType.CPU, a.device_type);
        Assert.Equal(-1, a.device.index);
        Assert.True(a.is_floating_point() && !a.is_integral() && !a.is_complex() && a.is_cpu() && !a.is_cuda && !a.is_sparse);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a.size(5));
    }

    [Fact]
    public void Equality_of_values_and_of_elements()
    {
        using var a = ones(2, 3);
        Assert.True(a.Equals(a.clone()));
        Assert.True(a.Equals((object)a.clone()));
        Assert.False(a.Equals(zeros(2, 3)));
        Assert.False(a.Equals(null!));
        Assert.Equal(Enumerable.Repeat(true, 6), torch.equal(a, a).Bools());
        Assert.True(a.allclose(a.add(1e-9)));
    }
}
