namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bmm(Tensor batch2) => Aten.bmm.Call(this, batch2);

        public Tensor outer(Tensor vec2) => Aten.outer.Call(this, vec2);

        public Tensor ger(Tensor vec2) => Aten.ger.Call(this, vec2);

        public Tensor inner(Tensor vec2) => Aten.inner.Call(this, vec2);

        public Tensor kron(Tensor other) => Aten.kron.Call(this, other);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => Aten.addmm.Call(this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f)
        {
            Aten.addmm_.Apply(this, mat1, mat2, beta, alpha);
            return this;
        }

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => Aten.addmv.Call(this, mat, vec, beta, alpha);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f)
        {
            Aten.addmv_.Apply(this, mat, vec, beta, alpha);
            return this;
        }

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => Aten.addbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
        {
            Aten.addbmm_.Apply(this, batch1, batch2, beta, alpha);
            return this;
        }

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => Aten.baddbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => Aten.addr.Call(this, vec1, vec2, beta, alpha);

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f)
        {
            Aten.addr_.Apply(this, vec1, vec2, beta, alpha);
            return this;
        }

        public Tensor trace() => Aten.trace.Call(this);
    }

#nullable disable
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Aten.matmul.Call(this, target);

        public Tensor mm(Tensor target) => Aten.mm.Call(this, target);

        public Tensor mv(Tensor target) => Aten.mv.Call(this, target);

        public Tensor dot(Tensor target) => Aten.dot.Call(this, target);

        public Tensor vdot(Tensor target) => Aten.vdot.Call(this, target);

        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Aten.tensordot.Call(this, b, dims1, dims2);
    }
#nullable restore

    public static Tensor chain_matmul(params Tensor[] matrices) => Aten.chain_matmul.Call(Arg.Tensors(matrices));

    public static Tensor einsum(string equation, params Tensor[] tensors) => Aten.einsum.Call(equation, Arg.Tensors(tensors));

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    public static Tensor vdot(Tensor input, Tensor target) => input.vdot(target);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor ger(Tensor input, Tensor vec2) => input.ger(vec2);

    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);

    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);

    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);

    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);

    public static Tensor addmv_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv_(mat1, mat2, beta, alpha);

    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
        input.addbmm(batch1, batch2, beta, alpha);

    public static Tensor addbmm_(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
        input.addbmm_(batch1, batch2, beta, alpha);

    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) =>
        input.baddbmm(batch1, batch2, beta, alpha);

    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => input.addr(vec1, vec2, beta, alpha);

    public static Tensor addr_(Tensor input, Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => input.addr_(vec1, vec2, beta, alpha);

    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);

    public static Tensor trace(Tensor input) => input.trace();
}

internal static partial class Aten
{
    internal static readonly Operator matmul = new("matmul");
    internal static readonly Operator mm = new("mm");
    internal static readonly Operator bmm = new("bmm");
    internal static readonly Operator mv = new("mv");
    internal static readonly Operator dot = new("dot");
    internal static readonly Operator vdot = new("vdot");
    internal static readonly Operator outer = new("outer");
    internal static readonly Operator ger = new("ger");
    internal static readonly Operator inner = new("inner");
    internal static readonly Operator kron = new("kron");
    internal static readonly Operator addmm = new("addmm");
    internal static readonly Operator addmm_ = new("addmm_");
    internal static readonly Operator addmv = new("addmv");
    internal static readonly Operator addmv_ = new("addmv_");
    internal static readonly Operator addbmm = new("addbmm");
    internal static readonly Operator addbmm_ = new("addbmm_");
    internal static readonly Operator baddbmm = new("baddbmm");
    internal static readonly Operator addr = new("addr");
    internal static readonly Operator addr_ = new("addr_");
    internal static readonly Operator chain_matmul = new("chain_matmul");
    internal static readonly Operator einsum = new("einsum");
    internal static readonly Operator tensordot = new("tensordot");
    internal static readonly Operator trace = new("trace");
}
