using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>The blocks of OFT's R against closed forms and sums of powers.</summary>
public sealed class BlockRotationTests
{
    [Fact]
    public void Elements_are_above_the_diagonal_row_by_row()
    {
        var skew = BlockRotation.Skew(Real([1, 2, 3, 4, 5, 6], 2, 3), 3);
        Expect.Close(Real([0, 1, 2, -1, 0, 3, -2, -3, 0, 0, 4, 5, -4, 0, 6, -5, -6, 0], 2, 3, 3), skew, 0);
    }

    // (I − Q)(I + Q)⁻¹ of [[0, q], [−q, 0]] is the rotation by −2·arctan(q), and (I + Q)(I − Q)⁻¹ its transpose.
    [Theory, InlineData(0.0), InlineData(0.3), InlineData(-0.7)]
    public void Of_two_rows_it_is_a_rotation_by_an_angle(double q)
    {
        var (cosine, sine) = (Math.Cos(2 * Math.Atan(q)), Math.Sin(2 * Math.Atan(q)));
        var skew = BlockRotation.Skew(Real([q], 1, 1), 2);
        Expect.Close(Real([cosine, -sine, sine, cosine], 1, 2, 2), BlockRotation.Cayley(skew), 1e-14);
        Expect.Close(Real([cosine, sine, -sine, cosine], 1, 2, 2), BlockRotation.Neumann(skew, 120), 1e-14);
    }

    [Theory, InlineData(2), InlineData(3), InlineData(5), InlineData(16), InlineData(33)]
    public void Exact_blocks_are_orthogonal_whatever_the_elements(long size)
    {
        var rotation = BlockRotation.Cayley(BlockRotation.Skew(Make.Normal(7, 4, size * (size - 1) / 2).mul(3), size));
        Expect.Close(eye(size, device: rotation.device).expand(4, size, size), rotation.bmm(rotation.transpose(1, 2)), 2e-5);
        Assert.All(Enumerable.Range(0, 4), block => Assert.Equal(1, linalg.det(rotation[block]).item<float>(), 1e-3f));
    }

    [Theory]
    [InlineData(2, new double[] { 1, 2 })]
    [InlineData(3, new double[] { 1, 2, 2, 1 })]
    [InlineData(4, new double[] { 1, 2, 2, 1 })]
    [InlineData(5, new double[] { 1, 2, 2, 2, 1 })]
    [InlineData(6, new double[] { 1, 2, 2, 2, 2, 1 })]
    [InlineData(9, new double[] { 1, 2, 2, 2, 2, 2, 2, 2, 1 })]
    public void The_series_is_the_sum_of_the_powers(int terms, double[] coefficients)
    {
        var skew = BlockRotation.Skew(Make.Normal(7, 3, 6).to(ScalarType.Float64).mul(0.5), 4);
        var power = eye(4, dtype: ScalarType.Float64, device: skew.device).expand(3, 4, 4);
        var sum = zeros_like(skew);
        foreach (var coefficient in coefficients)
        {
            sum += power * coefficient;
            power = power.bmm(skew);
        }

        Expect.Close(sum, BlockRotation.Neumann(skew, terms), 1e-12);
    }

    [Fact]
    public void More_terms_are_nearer_to_the_exact_transpose()
    {
        var skew = BlockRotation.Skew(Make.Normal(7, 3, 28).to(ScalarType.Float64).mul(0.03), 8);
        var exact = BlockRotation.Cayley(skew).transpose(1, 2);
        var errors = new[] { 2, 4, 5, 6, 8, 12 }.Select(terms => (BlockRotation.Neumann(skew, terms) - exact).abs().max().item<double>()).ToArray();
        Assert.Equal(errors.OrderDescending(), errors);
        Assert.InRange(errors[^1], 0, 1e-9);
    }

    [Fact]
    public void Each_block_is_multiplied_with_its_part_of_a_row()
    {
        var rows = Make.Normal(3, 2, 5, 6);
        var blocks = Make.Normal(4, 3, 2, 2);
        var whole = block_diag(blocks[0], blocks[1], blocks[2]);
        Expect.Close(rows.matmul(whole), BlockRotation.Rotate(rows, blocks), 1e-6);
        Expect.Close(rows.matmul(block_diag(blocks[0], blocks[0], blocks[0])), BlockRotation.Rotate(rows, blocks[..1]), 1e-6);
        Expect.Close(rows[0, 0].matmul(whole), BlockRotation.Rotate(rows[0, 0], blocks), 1e-6);
        Assert.Equal([0, 6], BlockRotation.Rotate(rows.view(-1, 6)[..0], blocks).shape);
    }

    [Theory, InlineData(4000), InlineData(1)]
    public void Dropped_blocks_are_the_identity(long own)
    {
        random.manual_seed(3);
        var rotation = BlockRotation.Cayley(BlockRotation.Skew(full(own, 1, 0.5f, device: TestDevice.Device), 2));
        var dropped = BlockRotation.Dropped(rotation, 4000, 0.25);
        var identities = dropped.eq(eye(2, device: dropped.device)).all(2).all(1);
        var kept = dropped.eq(rotation).all(2).all(1);
        Assert.Equal([4000, 2, 2], dropped.shape);
        Assert.True(identities.ne(kept).all().item<bool>());
        Assert.InRange(identities.sum().item<long>(), 900, 1100);
    }

    private static Tensor Real(double[] values, params long[] shape) => tensor(values, device: TestDevice.Device).view(shape);
}
