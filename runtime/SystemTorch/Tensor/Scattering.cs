namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor scatter(long dim, Tensor index, Tensor src) => Aten.scatter_src.Call(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            Aten.scatter__src.Apply(this, dim, index, src);
            return this;
        }

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Aten.scatter_add.Call(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src)
        {
            Aten.scatter_add_.Apply(this, dim, index, src);
            return this;
        }

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Aten.index_add.Call(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            Aten.index_add_.Apply(this, dim, index, source, alpha);
            return this;
        }

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Aten.index_copy.Call(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source)
        {
            Aten.index_copy_.Apply(this, dim, index, source);
            return this;
        }

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Aten.index_fill_int_Scalar.Call(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value)
        {
            Aten.index_fill__int_Scalar.Apply(this, dim, index, value);
            return this;
        }

        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.masked_fill_Scalar.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            Aten.masked_fill__Scalar.Apply(this, mask, value);
            return this;
        }

        public Tensor masked_scatter(Tensor mask, Tensor value) => Aten.masked_scatter.Call(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value)
        {
            Aten.masked_scatter_.Apply(this, mask, value);
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            Aten.fill__Scalar.Apply(this, value);
            return this;
        }

        public Tensor zero_()
        {
            Aten.zero_.Apply(this);
            return this;
        }

        public Tensor set_(Tensor source)
        {
            Aten.set__source_Tensor.Apply(this, source);
            return this;
        }

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Aten.copy_.Apply(this, source, nonBlocking);
            return this;
        }

        public Tensor clone() => Aten.clone.Call(this);

        public Tensor select_scatter(Tensor src, long dim, long index) => Aten.select_scatter.Call(this, src, dim, index);
    }

    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    public static Tensor scatter_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_(dim, index, src);

    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);

    public static Tensor scatter_add_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add_(dim, index, src);

    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add(dim, index, source, alpha);

    public static Tensor index_add_(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add_(dim, index, source, alpha);

    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy(dim, index, source);

    public static Tensor index_copy_(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy_(dim, index, source);

    public static Tensor index_fill(Tensor input, long dim, Tensor index, Scalar value) => input.index_fill(dim, index, value);

    public static Tensor index_fill_(Tensor input, long dim, Tensor index, Scalar value) => input.index_fill_(dim, index, value);

    public static Tensor clone(Tensor input) => input.clone();

    public static Tensor select_scatter(Tensor input, Tensor src, long dim, long index) => input.select_scatter(src, dim, index);
}

internal static partial class Aten
{
    internal static readonly Operator scatter_src = new("scatter", "src");
    internal static readonly Operator scatter__src = new("scatter_", "src");
    internal static readonly Operator scatter_add = new("scatter_add");
    internal static readonly Operator scatter_add_ = new("scatter_add_");
    internal static readonly Operator index_add = new("index_add");
    internal static readonly Operator index_add_ = new("index_add_");
    internal static readonly Operator index_copy = new("index_copy");
    internal static readonly Operator index_copy_ = new("index_copy_");
    internal static readonly Operator index_fill_int_Scalar = new("index_fill", "int_Scalar");
    internal static readonly Operator index_fill__int_Scalar = new("index_fill_", "int_Scalar");
    internal static readonly Operator masked_fill_Scalar = new("masked_fill", "Scalar");
    internal static readonly Operator masked_fill__Scalar = new("masked_fill_", "Scalar");
    internal static readonly Operator masked_scatter = new("masked_scatter");
    internal static readonly Operator masked_scatter_ = new("masked_scatter_");
    internal static readonly Operator fill__Scalar = new("fill_", "Scalar");
    internal static readonly Operator zero_ = new("zero_");
    internal static readonly Operator set__source_Tensor = new("set_", "source_Tensor");
    internal static readonly Operator copy_ = new("copy_");
    internal static readonly Operator clone = new("clone");
    internal static readonly Operator select_scatter = new("select_scatter");
}
