using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => At(indices);
            set => Put(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => Aten.select_int.Call(this, 0, i1);
            set => Put(value, [i1]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => At([i1, i2]);
            set => Put(value, [i1, i2]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => At([i1, i2, i3]);
            set => Put(value, [i1, i2, i3]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => At([i1, i2, i3, i4]);
            set => Put(value, [i1, i2, i3, i4]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5]
        {
            get => At([i1, i2, i3, i4, i5]);
            set => Put(value, [i1, i2, i3, i4, i5]);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4, long i5, long i6]
        {
            get => At([i1, i2, i3, i4, i5, i6]);
            set => Put(value, [i1, i2, i3, i4, i5, i6]);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using var indexing = new TensorIndexing(this, indices);
            return indexing.Tensors is { } tensors
                ? Aten.index_Tensor.Call(indexing.View, Arg.OptionalTensors(tensors))
                : indexing.TakeView();
        }

        public Tensor index(params Tensor[] indices) => index(Array.ConvertAll(indices, TensorIndex.Tensor));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            using var indexing = new TensorIndexing(this, indices);
            if (indexing.Tensors is { } tensors)
            {
                Aten.index_put_.Apply(indexing.View, Arg.OptionalTensors(tensors), value, accumulate);
                return this;
            }

            if (accumulate)
            {
                throw new ArgumentException(
                    "Invalid 'indices' parameter. To accumulate, it must hold tensors of indices.", nameof(indices));
            }

            Assign(indexing.View, value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor), accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var number = Factory.Full([], value, dtype, device);
            return index_put_(number, indices, false);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Array.ConvertAll(indices, TensorIndex.Tensor));

        private Tensor At(ReadOnlySpan<long> indices)
        {
            using var indexing = new TensorIndexing(this, Singles(indices));
            return indexing.TakeView();
        }

        private void Put(Tensor value, ReadOnlySpan<long> indices)
        {
            using var indexing = new TensorIndexing(this, Singles(indices));
            Assign(indexing.View, value);
        }

        private static TensorIndex[] Singles(ReadOnlySpan<long> indices)
        {
            var singles = new TensorIndex[indices.Length];
            for (var i = 0; i < singles.Length; i++)
            {
                singles[i] = TensorIndex.Single(indices[i]);
            }

            return singles;
        }

        // Leading dimensions of size 1 that the target lacks are dropped from the value; the rest broadcasts.
        private static void Assign(Tensor target, Tensor value)
        {
            var sizes = value.shape;
            var extra = 0;
            while (sizes.Length - extra > target.ndim && sizes[extra] == 1)
            {
                extra++;
            }

            if (extra == 0)
            {
                target.copy_(value);
                return;
            }

            using var fitted = value.view(sizes[extra..]);
            target.copy_(fitted);
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator alias = new("alias");
    internal static readonly Operator index_Tensor = new("index", "Tensor");
    internal static readonly Operator index_put_ = new("index_put_");
}
