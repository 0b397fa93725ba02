using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Whether all values of a tensor are finite, without a tensor of its size.</summary>
internal static unsafe class FiniteValues
{
    private const int ValuesAtATime = 1 << 16;

    public static bool Are(Tensor tensor)
    {
        using var noGrad = no_grad();
        return tensor is { dtype: ScalarType.Float32, device_type: TorchSharp.DeviceType.CPU } && tensor.is_contiguous()
            ? AreInMemory(tensor)
            : AreByOperators(tensor);
    }

    private static bool AreInMemory(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = TensorMemory.Start<float>(tensor);
        var count = tensor.numel();
        var areFinite = true;
        TensorMemory.Divide((count + ValuesAtATime - 1) / ValuesAtATime, 1, get_num_threads(), (start, end) =>
        {
            for (var part = start; part < end && areFinite; part++)
            {
                var first = part * ValuesAtATime;
                if (!float.IsFinite(AbsoluteMaximum.Of(values + first, (int)Math.Min(ValuesAtATime, count - first))))
                    areFinite = false;
            }
        });
        GC.KeepAlive(tensor);
        return areFinite;
    }

    private static bool AreByOperators(Tensor tensor)
    {
        using var largest = tensor.max();
        using var smallest = tensor.min();
        using var isLargest = largest.isfinite();
        using var isSmallest = smallest.isfinite();
        return isLargest.item<bool>() && isSmallest.item<bool>();
    }
}
