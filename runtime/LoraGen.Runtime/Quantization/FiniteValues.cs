using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Whether all values of tensors are finite.</summary>
internal static unsafe class FiniteValues
{
    private const int ValuesAtATime = 1 << 16;

    /// <summary>Whether all values of a tensor are, without a tensor of its size.</summary>
    public static bool Are(Tensor tensor)
    {
        using var noGrad = no_grad();
        return tensor is { dtype: ScalarType.Float32, device_type: TorchSharp.DeviceType.CPU } && tensor.is_contiguous()
            ? AreInMemory(tensor)
            : AreByOperators(tensor);
    }

    /// <summary>Whether all values of all tensors are, with one wait for each device.</summary>
    public static bool AreAll(IReadOnlyList<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        return tensors.GroupBy(tensor => (tensor.device_type, tensor.device_index))
            .All(device => stack(device.Select(tensor => tensor.isfinite().all())).all().item<bool>());
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
