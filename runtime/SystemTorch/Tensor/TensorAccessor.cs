#nullable disable
using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in CPU memory, in the order of its dimensions whatever its strides are.</summary>
public sealed unsafe partial class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private torch.Tensor tensor;
    private readonly T* data;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
        {
            throw new InvalidOperationException(
                "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }

        (this.tensor, shape, strides, contiguous) = (tensor, tensor.shape, tensor.stride(), tensor.is_contiguous());
        data = (T*)tensor.DataPointer();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            var value = data[Offset(indices)];
            GC.KeepAlive(this);
            return value;
        }

        set
        {
            data[Offset(indices)] = value;
            GC.KeepAlive(this);
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        CheckLive();
        for (long i = 0; i < Count; i++)
        {
            yield return At(Offset(i));
        }

        GC.KeepAlive(tensor);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => tensor = null;

    public override bool Equals(object obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => tensor?.GetHashCode() ?? 0;

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.Count == right.Count && left.SequenceEqual(right));

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    /// <summary>One element, by its position in the order of the dimensions.</summary>
    internal static T ReadItemAt(torch.Tensor tensor, long index)
    {
        ElementType.Check<T>(tensor.dtype);
        using var accessor = new TensorAccessor<T>(tensor);
        return accessor[index];
    }

    // Iterators cannot hold pointers.
    private T At(long offset) => data[offset];

    private void CheckLive() => ObjectDisposedException.ThrowIf(tensor is null, this);

    private long Offset(long[] indices)
    {
        CheckLive();
        if (indices.Length == 1)
        {
            var index = indices[0];
            return index >= 0 && index < Count ? Offset(index) : throw new IndexOutOfRangeException($"Index {index} is outside a tensor of {Count} elements.");
        }

        if (indices.Length != shape.Length)
        {
            throw new IndexOutOfRangeException($"{indices.Length} indices for a tensor of {shape.Length} dimensions.");
        }

        long offset = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
            {
                throw new IndexOutOfRangeException($"{indices[i]} >= {shape[i]} in dimension {i}.");
            }

            offset += indices[i] * strides[i];
        }

        return offset;
    }

    private long Offset(long index)
    {
        if (contiguous)
        {
            return index;
        }

        long offset = 0;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            (index, var place) = Math.DivRem(index, shape[i]);
            offset += place * strides[i];
        }

        return offset;
    }
}
