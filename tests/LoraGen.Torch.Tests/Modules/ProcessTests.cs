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

    [Semantics("torch.set_num_threads", "torch.get_num_threads")]
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
            ExpectNumbers.Close(expected, x.ToTensor(ScalarType.Float64).matmul(y.ToTensor(ScalarType.Float64)));
        }
    }

    [Semantics("torch.set_default_device", "torch.get_default_device")]
    [Fact]
    public void The_default_device_is_where_tensors_and_layers_are_made()
    {
        Assert.Equal(DeviceType.CPU, get_default_device().type);
        try
        {
            set_default_device(META);
            Assert.Equal(DeviceType.META, get_default_device().type);
            Assert.Equal(DeviceType.META, randn(2, 3).device_type);
            Assert.Equal(DeviceType.META, nn.Linear(2, 3).weight.device_type);
            Assert.Equal(DeviceType.CPU, zeros([1], device: CPU).device_type);
        }
        finally
        {
            set_default_device(CPU);
        }

        Assert.Equal(DeviceType.CPU, randn(2, 3).device_type);
    }

    [Semantics("torch.get_default_dtype")]
    [Fact]
    public void The_default_type_is_that_of_tensors_without_one() => Assert.Equal(zeros([1]).dtype, get_default_dtype());

    [Semantics("random.get_rng_state", "random.set_rng_state")]
    [Fact]
    public void The_random_state_that_is_set_again_gives_the_same_numbers()
    {
        random.manual_seed(11);
        rand(5);
        using var state = random.get_rng_state();
        var (uniform, normal) = (rand(7), randn(7));
        random.set_rng_state(state);
        Assert.True(uniform.Equals(rand(7)));
        Assert.True(normal.Equals(randn(7)));
    }
}
