using Inference.Generation;
using Samples.Models.Tests.Goldens;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Programs;

public sealed class TextGeneratorTests
{
    // What earlier tests left to the collector must not go while we count.
    private static long LiveTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Tensor.TotalCount;
    }

    [Fact]
    public void It_leaves_no_tensor_behind()
    {
        using var model = Qwen2Golden.Model();
        var generator = new TextGenerator(model, new LikeliestToken(), new HashSet<long>(), CPU);
        var live = LiveTensors();
        Assert.Equal(12, generator.Continue([60, 17, 93], maxTokens: 12).Count());
        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void Stopped_on_the_way_it_leaves_none_either_and_gradients_are_on_in_between()
    {
        using var model = Qwen2Golden.Model();
        var generator = new TextGenerator(model, new LikeliestToken(), new HashSet<long>(), CPU);
        var live = LiveTensors();
        foreach (var _ in generator.Continue([60, 17, 93], maxTokens: 12))
        {
            Assert.True(is_grad_enabled());
            break;
        }

        Assert.Equal(live, Tensor.TotalCount);
    }
}
