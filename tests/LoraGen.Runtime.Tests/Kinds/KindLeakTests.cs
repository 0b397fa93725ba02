using LoraGen.Runtime.Tests.Memory;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Kinds;

/// <summary>No tensor is left behind on a layer of any kind.</summary>
public sealed class KindLeakTests
{
    [Theory, InlineData(true, 0L), InlineData(false, 0L), InlineData(true, null), InlineData(false, null)]
    public void Embedding(bool grad, long? padding)
    {
        using var model = Make.Model(() => new Wrapped(nn.Embedding(11, 6, padding)));
        using var ids = zeros(2, 3, dtype: ScalarType.Int64, device: TestDevice.Device);
        LeavesNone(model, ids, grad);
    }

    [Theory, InlineData(true, 1L), InlineData(false, 1L), InlineData(true, 2L), InlineData(false, 2L)]
    public void Convolution(bool grad, long groups)
    {
        using var model = Make.Model(() => new Wrapped(nn.Conv2d(4, 6, 3, padding: 1, padding_mode: TorchSharp.PaddingModes.Circular, groups: groups)));
        using var input = Make.Normal(3, 2, 4, 5, 5);
        LeavesNone(model, input, grad);
    }

    private static void LeavesNone(Wrapped model, Tensor input, bool grad)
    {
        using var lora = model.AttachLora();
        using var half = model.AttachDroppedLora(dtype: ScalarType.BFloat16);
        half.IsActive = false;
        model.train();
        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 50));
        half.ActivateOnly();
        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 50));
        Assert.Equal(0, LiveTensors.LeftBy(MergeAndUnmerge, times: 20));

        void Run()
        {
            using var mode = set_grad_enabled(grad);
            model.call(input).Dispose();
        }

        void MergeAndUnmerge()
        {
            half.Merge();
            half.Unmerge();
        }
    }
}
