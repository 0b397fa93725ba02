using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The norm of each output's row of W + s·B·A, which has no gradient. It is computed without the product, by
/// ‖W + s·B·A‖² = ‖W‖² + ⟨2·W·Aᵀ + s·B·(A·Aᵀ), s·B⟩, row by row.
/// </summary>
internal static class RowNorm
{
    // The number of rows of a half-precision weight that are converted at a time.
    private const long Chunk = 256;

    // Keeps a row of zeros at zero: 0 / Least.
    private const float Least = 1e-30f;

    /// <summary>Returns the norms, [out], in the type of A and B, but at least float32.</summary>
    public static Tensor Of(DoraSite site, Tensor weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var type = site.A.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var a = site.A.flatten(1).to(type);
        var b = site.B.flatten(1).to(type).mul(site.Scale);
        var rows = site.Layer.Rows(weight);
        var (squares, product) = rows.dtype == type ? Parts(rows, a) : InChunks(rows, a);
        var change = (product.addmm(b, a.matmul(a.t()), beta: 2) * b).sum(1);
        return squares.add(change).clamp_min(0).sqrt().clamp_min(Least).MoveToOuterDisposeScope();
    }

    /// <summary>Returns the norms of the rows of a matrix, [rows].</summary>
    public static Tensor Of(Tensor rows)
    {
        using var noGrad = no_grad();
        using var norm = rows.norm(dim: 1);
        return norm.clamp_min(Least);
    }

    // Returns the squares of the rows' norms, [out], and W·Aᵀ, [out, rank].
    private static (Tensor Squares, Tensor Product) Parts(Tensor rows, Tensor a) => (rows.norm(dim: 1).square(), rows.matmul(a.t()));

    private static (Tensor Squares, Tensor Product) InChunks(Tensor rows, Tensor a)
    {
        var parts = new List<(Tensor Squares, Tensor Product)>();
        for (var start = 0L; start < rows.shape[0]; start += Chunk)
        {
            using var scope = NewDisposeScope();
            var (squares, product) = Parts(rows.narrow(0, start, Math.Min(Chunk, rows.shape[0] - start)).to(a.dtype), a);
            parts.Add((squares.MoveToOuterDisposeScope(), product.MoveToOuterDisposeScope()));
        }

        return (cat([.. parts.Select(part => part.Squares)]), cat([.. parts.Select(part => part.Product)]));
    }
}
