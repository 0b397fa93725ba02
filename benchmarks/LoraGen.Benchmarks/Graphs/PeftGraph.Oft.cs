using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Graphs;

/// <content>OFT on a Linear.</content>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>base_layer(einsum("...rk,rkc->...rc", x.reshape(*batch, blocks, size), R).reshape(x.shape))</c>, with R from the elements above the diagonals of Q:
    /// the Neumann series, or <c>solve(I + Q, I - Q, left=False)</c>.
    /// </summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="weight"><c>oft_R.weight</c>: [blocks, size · (size - 1) / 2].</param>
    /// <param name="above"><c>triu_indices(size, size, 1)</c>, which PEFT keeps.</param>
    /// <param name="terms"><c>num_cayley_neumann_terms</c>, at least 3; 0 for the solution.</param>
    public static Tensor Oft(Linear baseLayer, Tensor x, Tensor weight, Tensor above, int terms)
    {
        using var scope = NewDisposeScope();
        var (blocks, size) = (weight.shape[0], baseLayer.in_features / weight.shape[0]);
        var upper = zeros([blocks, size, size], dtype: weight.dtype, device: weight.device);
        upper.index_put_(weight, TensorIndex.Colon, TensorIndex.Tensor(above[0]), TensorIndex.Tensor(above[1]));
        var skew = upper - upper.transpose(-2, -1);
        var rotation = terms == 0 ? Cayley(skew) : Neumann(skew, terms);
        var parts = x.reshape([.. x.shape[..^1], blocks, size]);
        var rotated = einsum("...rk,rkc->...rc", parts, rotation).reshape(x.shape);
        return baseLayer.forward(rotated).MoveToOuterDisposeScope();
    }

    private static Tensor Cayley(Tensor skew)
    {
        var identity = eye(skew.shape[1], dtype: skew.dtype, device: skew.device).unsqueeze(0).expand(skew.shape);
        return linalg.solve(identity + skew, identity - skew, left: false);
    }

    private static Tensor Neumann(Tensor skew, int terms)
    {
        var rotation = eye(skew.shape[1], dtype: skew.dtype, device: skew.device).repeat(skew.shape[0], 1, 1);
        rotation.add_(skew, alpha: 2);
        var power = skew.bmm(skew);
        rotation.add_(power, alpha: 2);
        for (var term = 3; term < terms - 1; term++)
        {
            power = power.bmm(skew);
            rotation.add_(power, alpha: 2);
        }

        power = power.bmm(skew);
        return rotation.add_(power);
    }
}
