namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.chunk.CallList(this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => Aten.split_Tensor.CallList(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Aten.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] split(params long[] sizes) => Aten.split_with_sizes.CallList(this, sizes);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Aten.split_with_sizes.CallList(this, sizes, dim);

        public Tensor[] tensor_split(long size, long dim = 0) => Aten.tensor_split_sections.CallList(this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Aten.tensor_split_indices.CallList(this, sizes, dim);

        public Tensor[] tensor_split(Tensor indices, long dim = 0) => Aten.tensor_split_tensor_indices_or_sections.CallList(this, indices, dim);

        public Tensor[] unbind(long dimension = 0) => Aten.unbind_int.CallList(this, dimension);

        public Tensor repeat(params long[] sizes) => Aten.repeat.Call(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.repeat_interleave_self_int.Call(this, repeats, dim, output_size);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Aten.repeat_interleave_self_Tensor.Call(this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Aten.tile.Call(this, reps);

        public Tensor flip(params long[] dims) => Aten.flip.Call(this, dims);

        public Tensor roll(long shifts, long? dims = null) =>
            dims is { } d ? Aten.roll.Call(this, (ReadOnlySpan<long>)[shifts], (ReadOnlySpan<long>)[d]) : Aten.roll.Call(this, (ReadOnlySpan<long>)[shifts]);

        public Tensor roll(long[] shifts, long[] dims) => Aten.roll.Call(this, shifts, dims);

        public Tensor roll(long[] shifts) => Aten.roll.Call(this, shifts);
    }

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Aten.cat.Call(Arg.Tensors(tensors), dim);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Aten.cat.Call(Arg.Tensors(tensors.AsReadOnly()), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Aten.cat.Call(Arg.TensorSpan(tensors), dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Aten.stack.Call(Arg.Tensors(tensors.ToArray()), dim);

    public static Tensor hstack(params Tensor[] tensors) => Aten.hstack.Call(Arg.Tensors(tensors));

    public static Tensor hstack(IList<Tensor> tensors) => Aten.hstack.Call(Arg.Tensors(tensors.AsReadOnly()));

    public static Tensor vstack(Tensor[] tensors) => Aten.vstack.Call(Arg.Tensors(tensors));

    public static Tensor vstack(IList<Tensor> tensors) => Aten.vstack.Call(Arg.Tensors(tensors.AsReadOnly()));

    public static Tensor block_diag(params Tensor[] tensors) => Aten.block_diag.Call(Arg.Tensors(tensors));

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Aten.meshgrid_indexing.CallList(Arg.Tensors(tensors.ToArray()), indexing);

    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor[] tensor_split(Tensor input, Tensor indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);

    public static Tensor repeat_interleave(Tensor input, long repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);

    public static Tensor repeat_interleave(Tensor input, Tensor repeats, long? dim = null, long? output_size = null) =>
        input.repeat_interleave(repeats, dim, output_size);

    public static Tensor tile(Tensor input, long[] dims) => input.tile(dims);

    public static Tensor flip(Tensor input, params long[] dims) => input.flip(dims);

    public static Tensor roll(Tensor input, long shifts, long? dims = null) => input.roll(shifts, dims);

    public static Tensor roll(Tensor input, long[] shifts, long[] dims) => input.roll(shifts, dims);

    public static Tensor roll(Tensor input, long[] shifts) => input.roll(shifts);
}

internal static partial class Aten
{
    internal static readonly Operator cat = new("cat");
    internal static readonly Operator stack = new("stack");
    internal static readonly Operator hstack = new("hstack");
    internal static readonly Operator vstack = new("vstack");
    internal static readonly Operator block_diag = new("block_diag");
    internal static readonly Operator meshgrid_indexing = new("meshgrid", "indexing");
    internal static readonly Operator chunk = new("chunk");
    internal static readonly Operator split_Tensor = new("split", "Tensor");
    internal static readonly Operator split_with_sizes = new("split_with_sizes");
    internal static readonly Operator tensor_split_sections = new("tensor_split", "sections");
    internal static readonly Operator tensor_split_indices = new("tensor_split", "indices");
    internal static readonly Operator tensor_split_tensor_indices_or_sections = new("tensor_split", "tensor_indices_or_sections");
    internal static readonly Operator unbind_int = new("unbind", "int");
    internal static readonly Operator repeat = new("repeat");
    internal static readonly Operator repeat_interleave_self_int = new("repeat_interleave", "self_int");
    internal static readonly Operator repeat_interleave_self_Tensor = new("repeat_interleave", "self_Tensor");
    internal static readonly Operator tile = new("tile");
    internal static readonly Operator flip = new("flip");
    internal static readonly Operator roll = new("roll");
}
