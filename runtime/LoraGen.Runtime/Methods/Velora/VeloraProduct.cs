using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A·xᵀ, of which the node keeps z [tokens, groups], the products of the groups of x with v, instead of x. The gradient of A is that of the projected input
/// x̂ = scale · z·v; since x̂ is a product, it is computed as scale · (G·z)⊗v, without x̂ itself. The gradient of x is exact.
/// </summary>
internal sealed class VeloraProduct : autograd.SingleTensorFunction<VeloraProduct>
{
    private const string SiteKey = "site";
    private const string ShapeKey = "shape";
    private const string ScaleKey = "scale";

    public override string Name => "VeloraProduct";

    /// <summary>Returns z, which the node keeps of an input: [tokens, groups].</summary>
    public static Tensor Compressed(Tensor input, Tensor v)
    {
        using var noGrad = no_grad();
        using var parts = input.reshape(-1, input.shape[^1] / v.shape[0], v.shape[0]);
        return parts.matmul(v);
    }

    /// <summary>Returns the vector with length 1; a vector of zeros becomes one of equal numbers, as in PEFT.</summary>
    public static Tensor Normalized(Tensor vector)
    {
        using var norm = vector.norm();
        return norm.count_nonzero().item<long>() > 0 ? vector / norm : ones_like(vector).div(Math.Sqrt(vector.shape[0]));
    }

    /// <param name="ctx">The node.</param>
    /// <param name="vars">
    /// The input […, in], A [rank, in], z, v [in / groups], the site, and the scale if the input needs a gradient, otherwise its negative. The caller disposes
    /// z and v, which the node only takes over after this method.
    /// </param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, a, site) = ((Tensor)vars[0], (Tensor)vars[1], (VeloraSite)vars[4]);
        using var noGrad = no_grad();
        ctx.save_for_backward([(Tensor)vars[2], (Tensor)vars[3], a]);
        ctx.save_data(SiteKey, site);
        ctx.save_data(ShapeKey, input.shape);
        ctx.save_data(ScaleKey, vars[5]);
        return site.Layer.Down(input, a);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        ReturnedGradients.Free();
        try
        {
            using var noGrad = no_grad();
            using var gradient = grad_output;
            using var scope = NewDisposeScope();
            var (kept, scale) = (ctx.get_saved_variables(), (double)ctx.get_data(ScaleKey));
            var (z, v, a) = (kept[0], kept[1], kept[2]);
            var ofA = gradient.matmul(z).mul(Math.Abs(scale)).unsqueeze(-1).mul(v).reshape(a.shape).MoveToOuterDisposeScope();
            var ofInput = scale > 0 ? gradient.t().matmul(a).reshape((long[])ctx.get_data(ShapeKey)).MoveToOuterDisposeScope() : null;
            return ReturnedGradients.Keep(ofInput, ofA, null, null, null, null);
        }
        catch (Exception failure)
        {
            // An exception that leaves this method ends the process. The next call of the layer throws it.
            ((VeloraSite)ctx.get_data(SiteKey)).Failure = failure;
            return [null!, null!, null!, null!, null!, null!];
        }
    }
}
