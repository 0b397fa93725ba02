using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Whether all values of a tensor are finite, without a tensor of its size.</summary>
internal static class FiniteValues
{
    public static bool Are(Tensor tensor)
    {
        using var noGrad = no_grad();
        using var largest = tensor.max();
        using var smallest = tensor.min();
        using var isLargest = largest.isfinite();
        using var isSmallest = smallest.isfinite();
        return isLargest.item<bool>() && isSmallest.item<bool>();
    }
}
