using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Graphs;

/// <summary>
/// PEFT's <c>VeloraFunction</c>: <c>linear(x, A)</c>, which keeps the products of the input's groups with a vector, and reconstructs the input from them for
/// the gradient of A.
/// </summary>
internal sealed class PeftVeloraFunction : autograd.SingleTensorFunction<PeftVeloraFunction>
{
    private const string ShapeKey = "shape";
    private const string ScaleKey = "scale";

    public override string Name => nameof(PeftVeloraFunction);

    /// <summary>Returns what the node keeps of an input […, in]: [tokens, groups].</summary>
    public static Tensor Compressed(Tensor input, Tensor vector)
    {
        using var noGrad = no_grad();
        using var grouped = input.reshape(-1, input.shape[^1] / vector.shape[0], vector.shape[0]);
        return einsum("tgd,d->tg", grouped, vector);
    }

    /// <param name="ctx">The node.</param>
    /// <param name="vars">
    /// The input […, in], A [rank, in], the compressed input, the vector [in / groups], the factor of the reconstructed input. PEFT compresses the input in
    /// this method, but TorchSharp's node takes over a tensor that it keeps only after it.
    /// </param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var noGrad = no_grad();
        var (input, a) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([(Tensor)vars[2], a, (Tensor)vars[3]]);
        ctx.save_data(ShapeKey, input.shape);
        ctx.save_data(ScaleKey, vars[4]);
        return nn.functional.linear(input, a);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (compressed, a, vector) = (saved[0], saved[1], saved[2]);
        var rows = grad_output.reshape(-1, grad_output.shape[^1]);
        var ofInput = rows.matmul(a).reshape((long[])ctx.get_data(ShapeKey));
        var ofA = rows.t().matmul(Reconstructed(compressed, vector, a.shape[1], (double)ctx.get_data(ScaleKey)));
        return [ofInput.MoveToOuterDisposeScope(), ofA.MoveToOuterDisposeScope(), null!, null!, null!];
    }

    private static Tensor Reconstructed(Tensor compressed, Tensor vector, long width, double scale)
    {
        var grouped = compressed.unsqueeze(-1) * vector.view(1, 1, -1);
        var flat = grouped.reshape(-1, compressed.shape[^1] * vector.shape[0]);
        return flat.narrow(1, 0, width) * scale;
    }
}
