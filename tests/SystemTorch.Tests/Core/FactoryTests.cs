using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class FactoryTests
{
    [Fact]
    public void Filled_tensors()
    {
        Assert.Equal([0, 0], zeros(2).Floats());
        Assert.Equal([1, 2], ones(1, 2).shape);
        Assert.Equal([0.5f, 0.5f], full(2, 0.5).Floats());
        Assert.Equal(ScalarType.Int64, full(2, 3).dtype);
        Assert.Equal([1, 0, 0, 1], eye(2).Floats());
        Assert.Equal([2, 3, 4], empty(2, 3, 4).shape);
        Assert.Equal(ScalarType.Float32, zeros([2]).dtype);
        Assert.Equal(ScalarType.Float64, zeros([2], float64).dtype);
        Assert.True(zeros(2, requires_grad: true).requires_grad);
    }

    [Fact]
    public void Ranges()
    {
        Assert.Equal([0L, 1, 2, 3], arange(4).data<long>().ToArray());
        Assert.Equal([1f, 1.5f, 2f, 2.5f], arange(1, 3, 0.5).data<float>().ToArray());
        Assert.Equal([0f, 0.5f, 1f], linspace(0, 1, 3).data<float>().ToArray());
        Assert.Equal([0L, 1, 2, 3, 4], randperm(5).sort().Values.data<long>().ToArray());
    }

    [Fact]
    public void Likes_take_the_type_of_their_model()
    {
        using var model = zeros([2, 3], int32);
        Assert.Equal(int32, model.ones_like().dtype);
        Assert.Equal(float64, torch.zeros_like(model, float64).dtype);
        Assert.Equal([2, 3], model.full_like(7).shape);
        Assert.Equal(int32, model.new_zeros([4]).dtype);
        Assert.Equal(float32, torch.randn_like(model, float32).dtype);
    }

    [Fact]
    public void The_default_type_can_be_changed()
    {
        set_default_dtype(float64);
        try
        {
            Assert.Equal(float64, zeros(1).dtype);
        }
        finally
        {
            set_default_dtype(float32);
        }

        Assert.Throws<ArgumentException>(() => set_default_dtype(int32));
    }

    [Fact]
    public void Scalars_keep_their_type()
    {
        Assert.Equal(float32, tensor(1.5f).dtype);
        Assert.Equal(float64, tensor(1.5).dtype);
        Assert.Equal(int64, tensor(1L).dtype);
        Assert.Equal(int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Empty(tensor(1.5f).shape);
        Assert.Equal(1.5f, tensor(1.5f).item<float>());
        Assert.Equal(new Complex(1, 2), tensor(new Complex(1, 2)).ToComplexFloat64());
    }

    [Fact]
    public void Arrays_are_copied()
    {
        var array = new float[] { 1, 2, 3, 4, 5, 6 };
        using var a = tensor(array, [2, 3]);
        array[0] = 100;
        Assert.Equal([1, 2, 3, 4, 5, 6], a.Floats());
        Assert.Equal([2, 3], a.shape);
        Assert.Equal([2, 2], tensor(new long[,] { { 1, 2 }, { 3, 4 } }).shape);
        Assert.Equal([1, 2], tensor(new List<float> { 1, 2 }, dtype: float64).Floats());
        Assert.Equal(float64, tensor(new List<float> { 1, 2 }, dtype: float64).dtype);
        Assert.Equal([true, false], tensor(new[] { true, false }).Bools());
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2 }, [3]));
    }

    [Fact]
    public void Numbers_and_arrays_have_a_ToTensor()
    {
        Assert.Equal(int8, new sbyte[] { -1, 2 }.ToTensor([2]).dtype);
        Assert.Equal(ScalarType.Byte, new byte[] { 1, 2 }.ToTensor([2]).dtype);
        Assert.Equal([1, 2, 3, 4], new float[] { 1, 2, 3, 4 }.ToTensor([2, 2]).Floats());
        Assert.Equal(float64, 1.5.ToTensor(requires_grad: true).dtype);
        Assert.Throws<ArgumentException>(() => 1.ToTensor(requires_grad: true));
        Assert.Throws<NotImplementedException>(() => new uint[] { 1 }.ToTensor([1]));
    }

    [Fact]
    public void From_array_stands_on_the_arrays_memory()
    {
        var array = new float[,] { { 1, 2 }, { 3, 4 } };
        using var a = from_array(array);
        array[0, 1] = 20;
        Assert.Equal([1, 20, 3, 4], a.Floats());
        a.mul_(2);
        Assert.Equal(40, array[0, 1]);
        Assert.Equal([true, false], from_array(new[] { true, false }).Bools());
        Assert.Equal(float64, from_array(array, float64).dtype);
    }

    [Fact]
    public void Shared_memory_outlives_the_array_variable()
    {
        using var a = Make();
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(499_500, a.sum().item<long>());
        static Tensor Make() => from_array(Enumerable.Range(0, 1000).Select(i => (long)i).ToArray());
    }

    [Fact]
    public void Frombuffer_takes_a_part()
    {
        var buffer = new int[] { 1, 2, 3, 4 };
        Assert.Equal([2, 3], frombuffer(buffer, int32, count: 2, offset: 1).Longs());
        Assert.Throws<IndexOutOfRangeException>(() => frombuffer(buffer, int32, count: 9));
        Assert.Throws<ArgumentException>(() => frombuffer(buffer, int32, offset: 4));
    }

    [Fact]
    public void Dimensions_can_have_names()
    {
        using var a = zeros([2, 3], names: ["rows", "columns"]);
        Assert.True(a.has_names());
        Assert.Equal(["rows", "columns"], a.names);
        a.rename_(null);
        Assert.False(a.has_names());
        Assert.Throws<ArgumentException>(() => a.rename_(["only one"]));
    }
}
