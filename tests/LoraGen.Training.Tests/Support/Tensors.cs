using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Support;

internal static class Tensors
{
    /// <summary>The rows of a matrix of 64-bit integers.</summary>
    public static long[][] Rows(this Tensor tensor)
    {
        return [.. Enumerable.Range(0, (int)tensor.shape[0]).Select(row => tensor[row].data<long>().ToArray())];
    }
}
