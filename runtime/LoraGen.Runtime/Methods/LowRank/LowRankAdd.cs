using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Adds a low-rank product to the rows of an output, with at most one new tensor of the output's size.</summary>
internal static class LowRankAdd
{
    /// <summary>Computes output + hidden · bᵀ. Returns <paramref name="output"/> itself if it could be changed in place.</summary>
    /// <param name="output">[…, width]</param>
    /// <param name="hidden">[tokens, rank]</param>
    /// <param name="b">[width, rank]</param>
    public static Tensor Add(Tensor output, Tensor hidden, Tensor b)
    {
        if (hidden.dtype != output.dtype || is_grad_enabled() || !output.is_contiguous())
            return AddNew(output, hidden, b);

        using var columns = b.t();
        using var rows = output.view(hidden.shape[0], columns.shape[1]);
        rows.addmm_(hidden, columns);
        return output;
    }

    /// <summary>Computes the same in a new tensor.</summary>
    public static Tensor AddNew(Tensor output, Tensor hidden, Tensor b)
    {
        using var columns = b.t();
        return hidden.dtype == output.dtype ? AddProduct(output, hidden, columns) : AddCast(output, hidden, columns);
    }

    // The products of the backward pass are twice as fast if bᵀ is contiguous.
    private static Tensor AddProduct(Tensor output, Tensor hidden, Tensor columns)
    {
        using var contiguous = columns.contiguous();
        using var rows = output.reshape(hidden.shape[0], columns.shape[1]);
        using var sum = rows.addmm(hidden, contiguous);
        return sum.view(output.shape);
    }

    private static Tensor AddCast(Tensor output, Tensor hidden, Tensor columns)
    {
        using var product = hidden.matmul(columns);
        using var cast = product.to(output.dtype);
        using var delta = cast.view(output.shape);
        return output.add(delta);
    }
}
