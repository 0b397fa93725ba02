#nullable disable
using System.Runtime.CompilerServices;

namespace TorchSharp.Utils;

public sealed unsafe partial class TensorAccessor<T>
{
    public T[] ToArray()
    {
        var result = new T[Count];
        if (Count > 0)
        {
            CopyTo(result.AsSpan());
        }

        return result;
    }

    public Array ToNDArray()
    {
        if (shape.Length < 2)
        {
            return ToArray();
        }

        CheckLive();
        var result = Array.CreateInstance(typeof(T), shape);
        ref var first = ref Unsafe.As<byte, T>(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(result));
        for (long i = 0; i < Count; i++)
        {
            Unsafe.Add(ref first, (nint)i) = data[Offset(i)];
        }

        GC.KeepAlive(tensor);
        return result;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[Math.Min(arrayIndex, array.Length)..];
        var count = Room(tensorIndex, target.Length);
        if (contiguous)
        {
            new ReadOnlySpan<T>(data + tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = data[Offset(tensorIndex + i)];
            }
        }

        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[Math.Min(arrayIndex, array.Length)..];
        var count = Room(tensorIndex, source.Length);
        if (contiguous)
        {
            source[..count].CopyTo(new Span<T>(data + tensorIndex, count));
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                data[Offset(tensorIndex + i)] = source[i];
            }
        }

        GC.KeepAlive(tensor);
    }

    // How many elements there are from the index on, at most as many as the other side holds.
    private int Room(long tensorIndex, int length)
    {
        CheckLive();
        if (tensorIndex < 0 || tensorIndex >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(tensorIndex), tensorIndex, $"The tensor has {Count} elements.");
        }

        return (int)Math.Min(Count - tensorIndex, length);
    }
}
