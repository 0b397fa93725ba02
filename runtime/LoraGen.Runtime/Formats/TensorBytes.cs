using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The memory of a contiguous CPU tensor, in parts: a span is limited to 2 GiB, a tensor is not.</summary>
internal static class TensorBytes
{
    public const int PartLength = 1 << 26;

    public delegate void PartAction(long position, Span<byte> part);

    public static void ForEachPart(Tensor tensor, PartAction action, int partLength = PartLength)
    {
        var count = tensor.numel();
        if (count == 0)
            return;

        using var flat = tensor.view(-1);
        var size = tensor.ElementSize;
        var most = partLength / size;
        for (long first = 0; first < count; first += most)
        {
            using var part = flat.narrow(0, first, Math.Min(most, count - first));
            action(first * size, part.bytes);
        }
    }
}
