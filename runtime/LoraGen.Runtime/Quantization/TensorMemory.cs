using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The memory of contiguous tensors on the CPU.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>
    /// Returns the address of the first element of a tensor below 2 GiB, which is valid as long as the tensor is. The caller keeps the tensor from the garbage
    /// collector until the last access, by a later use or <see cref="GC.KeepAlive"/>.
    /// </summary>
    public static T* Of<T>(Tensor tensor)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>Returns the address of the first element of a tensor of any size.</summary>
    public static T* Start<T>(Tensor tensor)
        where T : unmanaged
    {
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, 1);
        return Of<T>(first);
    }

    /// <summary>Divides work among threads.</summary>
    /// <param name="count">The number of items.</param>
    /// <param name="grain">The fewest items for which a thread is worthwhile.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="work">Does the items from one number to before another.</param>
    public static void Divide(long count, long grain, int threads, Action<long, long> work)
    {
        var parts = Math.Clamp(count / grain, 1, threads);
        if (parts == 1)
        {
            work(0, count);
            return;
        }

        var step = (count + parts - 1) / parts;
        Parallel.For(0, parts, part => work(part * step, Math.Min(count, (part + 1) * step)));
    }
}
