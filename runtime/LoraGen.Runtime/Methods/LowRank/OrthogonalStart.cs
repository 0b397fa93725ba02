using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Initializes A and B such that B·A is zero and neither of them is. The rows of a random orthogonal matrix Q [rank, rank] are divided among them: A's columns
/// are combinations of the first half, B's rows of the second, with normal coefficients.
/// </summary>
internal static class OrthogonalStart
{
    // PEFT's factor of the coefficients.
    private const double Deviation = 0.1;

    /// <summary>Initializes the tensors. With groups each group has its part of the rank, for which this is done alone.</summary>
    public static void Fill(Parameter a, Parameter b, long groups)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (rank, outputs) = (a.shape[0] / groups, b.shape[0] / groups);
        for (var group = 0L; group < groups; group++)
        {
            var (down, up) = Halves(a, rank);
            a.narrow(0, group * rank, rank).copy_(Mixed(down, a.NumberOfElements / a.shape[0]).t().reshape([rank, .. a.shape[1..]]));
            b.narrow(0, group * outputs, outputs).copy_(Mixed(up, outputs).reshape([outputs, .. b.shape[1..]]));
        }
    }

    // Each [rank / 2, rank], with orthonormal rows.
    private static (Tensor First, Tensor Second) Halves(Parameter like, long rank)
    {
        var (q, _) = linalg.qr(Random(like, rank, rank));
        return (q.narrow(0, 0, rank / 2), q.narrow(0, rank / 2, rank / 2));
    }

    private static Tensor Mixed(Tensor half, long count) => Random(half, count, half.shape[0]).mul(Deviation).matmul(half);

    private static Tensor Random(Tensor like, long rows, long columns)
    {
        var type = like.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        return randn(rows, columns, dtype: type, device: like.device);
    }
}
