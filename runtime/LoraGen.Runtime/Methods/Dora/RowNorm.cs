using LoraGen.Sites;
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
    public static Tensor Of(DoraSite site) => Of(site, static site => BaseWeights.Of(site).Weight);

    /// <summary>Returns the norms of a site that is being attached.</summary>
    /// <exception cref="InvalidOperationException">The base weight has values that are not finite.</exception>
    public static Tensor OfStart(DoraSite site) => Of(site, BaseWeights.FiniteWeightOf);

    private static Tensor Of(DoraSite site, Func<Site, Tensor> weightOf)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var type = site.A.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var a = site.A.flatten(1).to(type);
        var b = site.B.flatten(1).to(type).mul(site.Scale);
        var (squares, product) = QuantizedLayer.Of(site.Module) is { } quantized
            ? InChunks(quantized.Weight.Chunks(ScalarType.Float32), chunk => quantized.Weight.Rows(chunk, type), a)
            : site.Layer.Rows(weightOf(site)) is var rows && rows.dtype == type
                ? Parts(rows, a)
                : InChunks(RowChunk.All(rows.shape[0], rows.shape[1], 1, Chunk), chunk => rows.narrow(0, chunk.Start, chunk.Count).to(type), a);
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

    private static (Tensor Squares, Tensor Product) InChunks(IEnumerable<RowChunk> chunks, Func<RowChunk, Tensor> read, Tensor a)
    {
        var parts = new List<(Tensor Squares, Tensor Product)>();
        foreach (var chunk in chunks)
        {
            using var scope = NewDisposeScope();
            var (squares, product) = Parts(read(chunk), a);
            parts.Add((squares.MoveToOuterDisposeScope(), product.MoveToOuterDisposeScope()));
        }

        return (cat([.. parts.Select(part => part.Squares)]), cat([.. parts.Select(part => part.Product)]));
    }
}
