using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class LinearAlgebraTests
{
    private readonly Tensor a = tensor(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    [Fact]
    public void Products()
    {
        Assert.Equal([14, 32, 32, 77], a.matmul(a.t()).Doubles());
        Assert.Equal([14, 32, 32, 77], a.mm(a.t()).Doubles());
        Assert.Equal([14, 32, 32, 77], torch.einsum("ij,kj->ik", a, a).Doubles());
        Assert.Equal([14, 32, 32, 77], a.unsqueeze(0).bmm(a.t().unsqueeze(0)).Doubles());
        Assert.Equal([6, 15], a.mv(ones([3], float64)).Doubles());
        Assert.Equal(14, a[0].dot(a[0]).item<double>());
        Assert.Equal([3, 4, 6, 8], torch.outer(tensor(new double[] { 1, 2 }), tensor(new double[] { 3, 4 })).Doubles());
        Assert.Equal([1, 0, 2, 0, 0, 1, 0, 2], kron(tensor(new double[] { 1, 2 }), eye(2, dtype: float64)).Doubles());
    }

    [Fact]
    public void Products_with_a_sum()
    {
        using var identity = eye(2, dtype: float64);
        Assert.Equal([15, 32, 32, 78], identity.addmm(a, a.t()).Doubles());
        Assert.Equal([30, 64, 64, 156], identity.addmm(a, a.t(), beta: 2, alpha: 2).Doubles());
        Assert.Equal([15, 32, 32, 78], identity.unsqueeze(0).baddbmm(a.unsqueeze(0), a.t().unsqueeze(0)).Doubles());
        Assert.Same(identity, identity.addmm_(a, a.t(), beta: 0));
        Assert.Equal([14, 32, 32, 77], identity.Doubles());
    }

    [Fact]
    public void Svd_takes_apart_and_puts_together()
    {
        var (u, s, vh) = linalg.svd(a, fullMatrices: false);
        Assert.Equal([2, 2], u.shape);
        Assert.Equal([2, 3], vh.shape);
        Numbers.Close(a.Doubles(), u.matmul(s.diag()).matmul(vh), 1e-12);

        // The squares of the singular values are the eigenvalues of [[14, 32], [32, 77]].
        var root = Math.Sqrt((91 * 91 / 4.0) - ((14 * 77) - (32 * 32)));
        Numbers.Close([Math.Sqrt(45.5 + root), Math.Sqrt(45.5 - root)], s, 1e-10);
        Assert.Equal([3, 3], linalg.svd(a).Vh.shape);
    }

    [Fact]
    public void Qr_gives_an_orthonormal_factor()
    {
        var (q, r) = linalg.qr(a.t());
        Numbers.Close([1, 0, 0, 1], q.t().matmul(q), 1e-12);
        Numbers.Close(a.t().contiguous().Doubles(), q.matmul(r), 1e-12);
        Assert.Equal([3, 3], linalg.qr(a.t(), linalg.QRMode.Complete).Q.shape);
    }

    [Fact]
    public void Norms()
    {
        Numbers.Close([Math.Sqrt(91)], linalg.norm(a), 1e-12);
        Numbers.Close([Math.Sqrt(14), Math.Sqrt(77)], linalg.norm(a, dims: [1]), 1e-12);
        Numbers.Close([Math.Sqrt(91)], linalg.norm(a, "fro"), 1e-12);
        Numbers.Close([6, 15], linalg.vector_norm(a, 1, dims: [1]), 1e-12);
    }

    [Fact]
    public void Solving()
    {
        using var m = tensor(new double[] { 2, 1, 1, 3 }, [2, 2]);
        Numbers.Close([1, 2], linalg.solve(m, tensor(new double[] { 4, 7 })), 1e-12);
        Numbers.Close([0.6, -0.2, -0.2, 0.4], linalg.inv(m), 1e-12);
        Numbers.Close([5], linalg.det(m), 1e-12);
        Numbers.Close([2.5 - (Math.Sqrt(5) / 2), 2.5 + (Math.Sqrt(5) / 2)], linalg.eigvalsh(m), 1e-12);
    }
}
