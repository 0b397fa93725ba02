namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor inverse() => Aten.inverse.Call(this);
    }

#nullable disable
    public partial class Tensor
    {
        public Tensor det() => Aten.det.Call(this);
    }
#nullable restore

    public static Tensor det(Tensor input) => input.det();

    public static Tensor inverse(Tensor input) => input.inverse();

    public static partial class linalg
    {
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => Aten.linalg_norm.Call(input, Arg.None, dims, keepdim);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => Aten.linalg_norm.Call(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Aten.linalg_norm.Call(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_norm_ord_str.Call(input, ord, dims, keepdim);

        public static Tensor vector_norm(Tensor input, double ord = 2.0, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_vector_norm.Call(input, ord, dims, keepdim);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => Aten.linalg_svd.Call3(input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Aten.linalg_svdvals.Call(input);

        public static (Tensor Q, Tensor R) qr(Tensor input, linalg.QRMode mode = linalg.QRMode.Reduced) => Aten.linalg_qr.Call2(input, Name(mode));

        public static Tensor inv(Tensor input) => Aten.linalg_inv.Call(input);

        public static Tensor det(Tensor input) => Aten.linalg_det.Call(input);

        public static (Tensor, Tensor) slogdet(Tensor input) => Aten.linalg_slogdet.Call2(input);

        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Aten.linalg_solve.Call(A, B, left);

        public static Tensor cholesky(Tensor input) => Aten.linalg_cholesky.Call(input);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Aten.linalg_eigh.Call2(input, UPLO.ToString());

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Aten.linalg_eigvalsh.Call(input, UPLO.ToString());

        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Aten.linalg_matrix_rank_atol_rtol_float.Call(input, atol, rtol, hermitian);

        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Aten.linalg_pinv_atol_rtol_float.Call(input, atol, rtol, hermitian);

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) =>
            Aten.linalg_lstsq.Call4(input, other);

        public static Tensor multi_dot(IList<Tensor> tensors) => Aten.linalg_multi_dot.Call(Arg.Tensors(tensors.AsReadOnly()));

        public static Tensor matrix_exp(Tensor input) => Aten.linalg_matrix_exp.Call(input);
    }
}

internal static partial class Aten
{
    internal static readonly Operator det = new("det");
    internal static readonly Operator inverse = new("inverse");
    internal static readonly Operator linalg_norm = new("linalg_norm");
    internal static readonly Operator linalg_norm_ord_str = new("linalg_norm", "ord_str");
    internal static readonly Operator linalg_vector_norm = new("linalg_vector_norm");
    internal static readonly Operator linalg_svd = new("linalg_svd");
    internal static readonly Operator linalg_svdvals = new("linalg_svdvals");
    internal static readonly Operator linalg_qr = new("linalg_qr");
    internal static readonly Operator linalg_inv = new("linalg_inv");
    internal static readonly Operator linalg_det = new("linalg_det");
    internal static readonly Operator linalg_slogdet = new("linalg_slogdet");
    internal static readonly Operator linalg_solve = new("linalg_solve");
    internal static readonly Operator linalg_cholesky = new("linalg_cholesky");
    internal static readonly Operator linalg_eigh = new("linalg_eigh");
    internal static readonly Operator linalg_eigvalsh = new("linalg_eigvalsh");
    internal static readonly Operator linalg_matrix_rank_atol_rtol_float = new("linalg_matrix_rank", "atol_rtol_float");
    internal static readonly Operator linalg_pinv_atol_rtol_float = new("linalg_pinv", "atol_rtol_float");
    internal static readonly Operator linalg_lstsq = new("linalg_lstsq");
    internal static readonly Operator linalg_multi_dot = new("linalg_multi_dot");
    internal static readonly Operator linalg_matrix_exp = new("linalg_matrix_exp");
}
