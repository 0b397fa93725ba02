using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// LoRA on a Conv1d, Conv2d or Conv3d: y ← y + scaling · B(A(dropout(x))). A is a convolution that moves as the layer does, without groups:
/// [rank, in_channels, kernel…]. B is one with a kernel of 1 and the layer's groups: [out_channels, rank / groups, 1…].
/// </summary>
public sealed class LoraConvolution : LoraSite
{
    internal LoraConvolution(string path, ConvolutionLayer layer, LoraMethod method, ScalarType? dtype)
        : base(path, layer, method, dtype)
    {
        _facts = layer.Facts;
    }

    private readonly LayerFacts _facts;

    /// <summary>scaling · B·A: [out_channels, in_channels / groups, kernel…], in the type of A and B. A new tensor.</summary>
    /// <exception cref="InvalidOperationException">The layer has groups, and a group's output reads channels of another group by A.</exception>
    public override Tensor Delta()
    {
        using var scope = NewDisposeScope();
        var (groups, width, rank) = (_facts.Groups, _facts.Outputs / _facts.Groups, Rank / _facts.Groups);

        // [the output's group, its channels, the input's group, its channels and the kernel]
        var product = B.view(groups, width, rank).matmul(A.view(groups, rank, -1)).view(groups, width, groups, -1);
        var within = product.diagonal(0, 0, 2);
        if (product.count_nonzero().item<long>() != within.count_nonzero().item<long>())
        {
            throw new InvalidOperationException(
                $"{Path}: the {_facts.Name} has {groups} groups, and A, as in PEFT, reads the channels of all of them for each: no weight with groups can "
                + "do that. Leave the adapter attached, or leave the layer out of the targets.");
        }

        long[] shape = [_facts.Outputs, _facts.Inputs / groups, .. _facts.Kernel];
        return within.permute(2, 0, 1).reshape(shape).mul(Scale).MoveToOuterDisposeScope();
    }

    internal override Tensor Forward(nn.Module module, Tensor input, Tensor output)
    {
        EnsureSameDevice(input);
        using var hidden = Hidden(module, input);
        using var scope = NewDisposeScope();

        // One matrix product for each group of each input: B's [width, rank / groups] by [rank / groups, size].
        var (groups, width, rank) = (_facts.Groups, _facts.Outputs / _facts.Groups, Rank / _facts.Groups);
        var size = output.shape[^_facts.Kernel.Count..].Aggregate(1L, (product, length) => product * length);
        var batch = output.ndim > _facts.Kernel.Count + 1 ? output.shape[0] : 1;
        var rows = hidden.reshape(batch * groups, rank, size);
        var mixing = B.view(1, groups, width, rank).expand(batch, groups, width, rank).reshape(batch * groups, width, rank);
        var sum = mixing.bmm(rows).to(output.dtype).add_(output.reshape(batch * groups, width, size));
        return sum.view(output.shape).MoveToOuterDisposeScope();
    }

    /// <summary>scaling · A(dropout(x)): [batch, rank, …], without the batch as the input is. The scaling is applied here, where it is cheapest.</summary>
    private Tensor Hidden(nn.Module module, Tensor input)
    {
        using var prepared = Prepared(module, input);
        return ConvolutionLayer.Convolve(module, prepared ?? input, A).mul_(Scale);
    }
}
