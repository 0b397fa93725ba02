using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

using static torch;

/// <summary>Makes tensors from managed memory: by copying it, or by standing on it.</summary>
internal static unsafe class ArrayFactory
{
    internal static Tensor Copy<T>(
        IList<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names = null) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return Copy<T>(values as T[] ?? values.ToArray(), sizes, dtype, device, requiresGrad, names);
    }

    internal static Tensor Copy<T>(Array values, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        ref var first = ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values));
        return Copy(MemoryMarshal.CreateReadOnlySpan(ref first, values.Length), Sizes(values), dtype, device, requiresGrad, names);
    }

    internal static Tensor Copy<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names = null) where T : unmanaged
    {
        var count = CheckedCount(sizes, values.Length);
        var tensor = Factory.Empty(sizes, ElementType.Of(typeof(T)), CPU);
        values[..(int)count].CopyTo(new Span<T>((void*)tensor.DataPointer(), (int)count));
        return Finish(tensor, dtype, InitializeDevice(device), requiresGrad, names);
    }

    /// <summary>A tensor on the array's own memory, which stays pinned as long as the tensor's storage lives.</summary>
    internal static Tensor Share(
        Array array, ReadOnlySpan<long> sizes, long offset, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names = null)
    {
        var element = array.GetType().GetElementType()!;
        var type = ElementType.Of(element);
        CheckedCount(sizes, array.LongLength - offset);
        var pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        fixed (long* shape = sizes)
        {
            var data = pin.AddrOfPinnedObject() + (nint)(offset * type.ElementSize());
            var result = Native.st_from_blob(data, shape, sizes.Length, (int)type, &Release, GCHandle.ToIntPtr(pin));
            return Finish(Tensor.FromNative(result), dtype, InitializeDevice(device), requiresGrad, names);
        }
    }

    internal static long[] Sizes(Array array)
    {
        var sizes = new long[array.Rank];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = array.GetLongLength(i);
        }

        return sizes;
    }

    private static long CheckedCount(ReadOnlySpan<long> sizes, long available)
    {
        long count = 1;
        foreach (var size in sizes)
        {
            count *= size;
        }

        return count <= available ? count : throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {available}");
    }

    private static Tensor Finish(Tensor tensor, ScalarType? dtype, Device device, bool requiresGrad, string[]? names)
    {
        if ((dtype ?? tensor.dtype) != tensor.dtype || device.type != DeviceType.CPU)
        {
            tensor = tensor.to(dtype ?? tensor.dtype, device, disposeAfter: true);
        }

        return Factory.Finish(tensor, requiresGrad, names);
    }

    [UnmanagedCallersOnly]
    private static void Release(IntPtr pin) => GCHandle.FromIntPtr(pin).Free();
}
