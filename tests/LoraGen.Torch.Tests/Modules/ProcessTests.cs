namespace LoraGen.Torch.Tests.Modules;

/// <summary>What holds for the whole process.</summary>
public sealed class ProcessTests
{
    [Semantics("cuda.is_available")]
    [Fact]
    public void Cuda_is_available_where_a_tensor_can_be_made_there()
    {
        var made = Record.Exception(() => ones([1], device: CUDA).Dispose());
        Assert.Equal(made is null, cuda.is_available());
    }

    [Semantics("torch.set_num_threads")]
    [Fact]
    public void Any_number_of_threads_computes_the_same()
    {
        var before = get_num_threads();
        var (x, y) = (Numbers.Some(1, 40, 40), Numbers.Some(2, 40, 40));
        var expected = Numbers.Of([40, 40], i => Numbers.Sum(40, k => x[i[0], k] * y[k, i[1]]));
        foreach (var threads in new[] { 1, 2, before })
        {
            set_num_threads(threads);
            Assert.Equal(threads, get_num_threads());
            Expect.Close(expected, x.ToTensor(ScalarType.Float64).matmul(y.ToTensor(ScalarType.Float64)));
        }
    }
}
