namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor narrow(long dim, long start, long length) => Aten.narrow.Call(this, dim, start, length);

        public Tensor select(long dim, long index) => Aten.select_int.Call(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Aten.slice_Tensor.Call(this, dim, start, finish, step);

        public Tensor index_select(long dim, Tensor index) => Aten.index_select.Call(this, dim, index);

        public Tensor gather(long dim, Tensor index) => Aten.gather.Call(this, dim, index);

        public Tensor take(Tensor index) => Aten.take.Call(this, index);

        public Tensor take_along_dim(Tensor indices) => Aten.take_along_dim.Call(this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Aten.take_along_dim.Call(this, indices, dim);

        public Tensor masked_select(Tensor mask) => Aten.masked_select.Call(this, mask);

        public Tensor nonzero() => Aten.nonzero.Call(this);

        public Tensor argwhere() => Aten.argwhere.Call(this);

        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Aten.bucketize_Tensor.Call(this, boundaries, outInt32, right);

        public Tensor tril(long diagonal = 0) => Aten.tril.Call(this, diagonal);

        public Tensor tril_(long diagonal = 0)
        {
            Aten.tril_.Apply(this, diagonal);
            return this;
        }

        public Tensor triu(long diagonal = 0) => Aten.triu.Call(this, diagonal);

        public Tensor triu_(long diagonal = 0)
        {
            Aten.triu_.Apply(this, diagonal);
            return this;
        }

        public Tensor diag(long diagonal = 0) => Aten.diag.Call(this, diagonal);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Aten.diag_embed.Call(this, offset, dim1, dim2);

        public Tensor diagflat(long offset = 0) => Aten.diagflat.Call(this, offset);
    }

    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => Aten.gather.Call(input, dim, index, sparse_grad);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Aten.where_self.Call(condition, x, y);

    public static Tensor[] where(Tensor condition) => Aten.where.CallList(condition);

    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) =>
        Aten.bincount.Call(input, Arg.Optional(weights), minlength);

    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);

    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    public static Tensor take(Tensor input, Tensor index) => input.take(index);

    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim = 0) => input.take_along_dim(indices, dim);

    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    public static Tensor nonzero(Tensor input) => input.nonzero();

    public static Tensor argwhere(Tensor input) => input.argwhere();

    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false) =>
        input.bucketize(boundaries, outInt32, right);

    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    public static Tensor tril_(Tensor input, long diagonal = 0) => input.tril_(diagonal);

    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    public static Tensor triu_(Tensor input, long diagonal = 0) => input.triu_(diagonal);

    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    public static Tensor diag_embed(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1) => input.diag_embed(offset, dim1, dim2);

    public static Tensor diagflat(Tensor input, long offset = 0) => input.diagflat(offset);

#nullable disable
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor sorter = null) =>
        Aten.searchsorted_Tensor.Call(sorted_sequence, values, out_int32, right, Arg.None, Arg.Optional(sorter));
#nullable restore
}

internal static partial class Aten
{
    internal static readonly Operator narrow = new("narrow");
    internal static readonly Operator select_int = new("select", "int");
    internal static readonly Operator slice_Tensor = new("slice", "Tensor");
    internal static readonly Operator index_select = new("index_select");
    internal static readonly Operator gather = new("gather");
    internal static readonly Operator take = new("take");
    internal static readonly Operator take_along_dim = new("take_along_dim");
    internal static readonly Operator masked_select = new("masked_select");
    internal static readonly Operator nonzero = new("nonzero");
    internal static readonly Operator argwhere = new("argwhere");
    internal static readonly Operator where_self = new("where", "self");
    internal static readonly Operator where = new("where");
    internal static readonly Operator bincount = new("bincount");
    internal static readonly Operator searchsorted_Tensor = new("searchsorted", "Tensor");
    internal static readonly Operator bucketize_Tensor = new("bucketize", "Tensor");
    internal static readonly Operator tril = new("tril");
    internal static readonly Operator tril_ = new("tril_");
    internal static readonly Operator triu = new("triu");
    internal static readonly Operator triu_ = new("triu_");
    internal static readonly Operator diag = new("diag");
    internal static readonly Operator diag_embed = new("diag_embed");
    internal static readonly Operator diagflat = new("diagflat");
}
