using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public partial struct Size : IEnumerable<long>
    {
        private readonly long[] sizes;

        public static Size Empty = new(Array.Empty<long>());

        public Size(long[] shape) => sizes = [.. shape];

        public Size(IEnumerable<long> shape) => sizes = shape.ToArray();

        public Size(int[] shape) => sizes = Array.ConvertAll(shape, size => (long)size);

        public Size(long size) => sizes = [size];

        public Size(int size) => sizes = [size];

        public Size((long, long) size) => sizes = [size.Item1, size.Item2];

        public Size((long, long, long) size) => sizes = [size.Item1, size.Item2, size.Item3];

        public Size((long, long, long, long) size) => sizes = [size.Item1, size.Item2, size.Item3, size.Item4];

        public Size((int, int) size) => sizes = [size.Item1, size.Item2];

        public Size((int, int, int) size) => sizes = [size.Item1, size.Item2, size.Item3];

        public Size((int, int, int, int) size) => sizes = [size.Item1, size.Item2, size.Item3, size.Item4];

        public long[] Shape => sizes;

        public int Length => sizes.Length;

        public bool IsEmpty => sizes.Length == 0;

        public bool IsScalar => sizes.Length == 0;

        public long this[int idx] => sizes[idx < 0 ? sizes.Length + idx : idx];

        public long this[long idx] => this[(int)idx];

        public long numel() => sizes.TotalSize();

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)sizes).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);

        public static implicit operator Size((long, long) size) => new(size);

        public static implicit operator Size((long, long, long) size) => new(size);

        public static implicit operator Size((long, long, long, long) size) => new(size);

        public static Size operator +(Size left, Size right) => new(left.sizes.Concat(right.sizes));

        public static Size operator +(Size left, IEnumerable<long> right) => new(left.sizes.Concat(right));
    }
}
