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

    /// <param name="ctx">The node.</param>
    /// <param name="vars">The input […, in], A [rank, in], the vector [in / groups], the factor of the reconstructed input.</param>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (input, a, vector) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var output = nn.functional.linear(input, a);
        using var grouped = input.reshape(-1, input.shape[^1] / vector.shape[0], vector.shape[0]);
        using var compressed = einsum("tgd,d->tg", grouped, vector);
        ctx.save_for_backward([compressed, a, vector]);
        ctx.save_data(ShapeKey, input.shape);
        ctx.save_data(ScaleKey, vars[3]);
        return output;
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var (compressed, a, vector) = (saved[0], saved[1], saved[2]);
        using var rows = grad_output.reshape(-1, grad_output.shape[^1]);
        using var flat = rows.matmul(a);
        var ofInput = flat.reshape((long[])ctx.get_data(ShapeKey));
        using var reconstructed = Reconstructed(compressed, vector, a.shape[1], (double)ctx.get_data(ScaleKey));
        using var columns = rows.t();
        var ofA = columns.matmul(reconstructed);
        return [ofInput, ofA, null!, null!];
    }

    private static Tensor Reconstructed(Tensor compressed, Tensor vector, long width, double scale)
    {
        using var column = compressed.unsqueeze(-1);
        using var row = vector.view(1, 1, -1);
        using var grouped = column * row;
        using var flat = grouped.reshape(-1, compressed.shape[^1] * vector.shape[0]);
        using var used = flat.narrow(1, 0, width);
        return used * scale;
    }
}
