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
}
