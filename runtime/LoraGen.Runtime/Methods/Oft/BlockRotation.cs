using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Orthogonal matrices that consist of blocks on the diagonal, and their products.</summary>
internal static class BlockRotation
{
    /// <summary>The skew-symmetric matrices [blocks, size, size] with the elements above their diagonals, row by row: [blocks, size·(size − 1)/2].</summary>
    public static Tensor Skew(Tensor elements, long size)
    {
        using var scope = NewDisposeScope();
        var blocks = elements.shape[0];
        var above = triu_indices(size, size, 1, device: elements.device);
        var places = above[0].mul(size).add(above[1]).expand(blocks, elements.shape[1]);

        // The gradient of scatter needs no values, so that these may be changed before it is computed.
        var upper = zeros([blocks, size * size], dtype: elements.dtype, device: elements.device).scatter(1, places, elements).view(blocks, size, size);
        return (upper - upper.transpose(1, 2)).MoveToOuterDisposeScope();
    }

    /// <summary>(I − Q)(I + Q)⁻¹, as 2(I + Q)⁻¹ − I. I + Q is never singular.</summary>
    public static Tensor Cayley(Tensor skew)
    {
        using var scope = NewDisposeScope();
        var identity = IdentityOf(skew);
        return (linalg.inv(skew.add(identity)).mul(2) - identity).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// I + 2Q + 2Q² + … + 2Qⁿ⁻¹ + Qⁿ with n = terms − 1, or I + 2Q for two terms: PEFT's series. It approximates (I + Q)(I − Q)⁻¹, the transpose of
    /// <see cref="Cayley"/>. PEFT computes the same for three terms as for four.
    /// </summary>
    public static Tensor Neumann(Tensor skew, int terms)
    {
        using var scope = NewDisposeScope();
        var identity = IdentityOf(skew);
        var twice = skew.mul(2);
        if (terms == 2)
            return twice.add(identity).MoveToOuterDisposeScope();

        // By powers of Q², two terms with each product.
        var pair = twice.add(identity.mul(2));
        var square = skew.bmm(skew);
        var degree = Math.Max(terms, 4) - 1;
        var sum = degree % 2 == 0 ? square : square.bmm(skew.add(identity.mul(2)));
        for (var power = degree - (degree % 2) - 2; power >= 2; power -= 2)
            sum = square.bmm(sum.add(pair));
        return sum.add(twice).add(identity).MoveToOuterDisposeScope();
    }

    /// <summary>The blocks of R, each of which is the identity with a probability.</summary>
    /// <param name="rotation">[blocks, size, size], or [1, size, size] for all.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="dropout">The probability.</param>
    public static Tensor Dropped(Tensor rotation, long blocks, double dropout)
    {
        using var scope = NewDisposeScope();
        var isKept = rand([blocks, 1, 1], device: rotation.device).ge(dropout);
        return where(isKept, rotation, IdentityOf(rotation)).MoveToOuterDisposeScope();
    }

    /// <summary>The product of each row of the last dimension and R.</summary>
    /// <param name="rows">[…, blocks · size], of R's type.</param>
    /// <param name="rotation">The blocks of R: [blocks, size, size], or [1, size, size] for all.</param>
    public static Tensor Rotate(Tensor rows, Tensor rotation)
    {
        using var scope = NewDisposeScope();
        var size = rotation.shape[1];
        var parts = rows.reshape(-1, rows.shape[^1] / size, size);
        var rotated = rotation.shape[0] == 1 ? parts.matmul(rotation[0]) : parts.transpose(0, 1).bmm(rotation).transpose(0, 1);
        return rotated.reshape(rows.shape).MoveToOuterDisposeScope();
    }

    private static Tensor IdentityOf(Tensor blocks) => eye(blocks.shape[1], dtype: blocks.dtype, device: blocks.device);
}
