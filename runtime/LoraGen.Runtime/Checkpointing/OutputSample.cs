using LoraGen.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// What is kept of a block's output, to notice a second run that computes something else. Values are only compared on the CPU: elsewhere reading them would
/// wait for the device.
/// </summary>
internal sealed record OutputSample(long[]? Shape, BaseSample? Values)
{
    public bool IsNull => Shape is null;

    public static OutputSample Of(Tensor? output)
    {
        return output is null
            ? new OutputSample(null, null)
            : new OutputSample(output.shape, output.device.type == DeviceType.CPU ? BaseSample.Of(output) : null);
    }

    public bool IsOf(Tensor? output)
    {
        if (output is null || Shape is null)
            return output is null && IsNull;

        return Shape.SequenceEqual(output.shape) && (Values is null || Values.IsSameAs(BaseSample.Of(output)));
    }
}
