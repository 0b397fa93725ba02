using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class ShapeTests
{
    private readonly Tensor a = arange(6, float32).view(2, 3);

    [Fact]
    public void Views()
    {
        Assert.Equal([3, 2], a.view(3, -1).shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], a.t().Floats());
        Assert.Equal([0, 3, 1, 4, 2, 5], a.transpose(0, 1).contiguous().Floats());
        Assert.Equal([3, 1, 2], a.view(1, 2, 3).permute(2, 0, 1).shape);
        Assert.Equal([3, 2, 1], a.view(1, 2, 3).T.shape);
        Assert.Equal([1, 3, 2], a.view(1, 2, 3).mT.shape);
        Assert.Equal([2, 1, 3], a.unsqueeze(1).shape);
        Assert.Equal([2, 3], a.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2, 3], a.unsqueeze(0).unsqueeze(-1).squeeze().shape);
        Assert.Equal([4, 2, 3], a.expand(4, -1, -1).shape);
        Assert.Equal([6], a.flatten().shape);
        Assert.Equal([2, 3, 1], a.unflatten(1, 3, 1).shape);
        Assert.Equal([1, 2, 4, 5], a.narrow(1, 1, 2).Floats());
        Assert.Equal([2, 5], a.select(1, 2).Floats());
    }

    [Fact]
    public void Joining_and_splitting()
    {
        Assert.Equal([4, 3], torch.cat([a, a]).shape);
        Assert.Equal([2, 6], torch.cat(new List<Tensor> { a, a }, 1).shape);
        Assert.Equal([2, 2, 3], torch.stack([a, a]).shape);
        Assert.Equal([[2, 2], [2, 1]], a.chunk(2, 1).Select(t => t.shape));
        Assert.Equal([[2, 1], [2, 2]], a.split([1L, 2L], 1).Select(t => t.shape));
        Assert.Equal([3, 3], a.unbind().Select(t => t.numel()));
        Assert.Equal([4, 6], a.repeat(2, 2).shape);
        Assert.Equal([0, 0, 1, 1], arange(2).repeat_interleave(2).Floats());
        Assert.Equal([2, 1, 0, 5, 4, 3], a.flip(1).Floats());
        Assert.Equal([2, 0, 1, 5, 3, 4], a.roll(1, 1).Floats());
    }

    [Fact]
    public void Selecting_and_scattering()
    {
        using var index = tensor(new long[] { 2, 0 });
        Assert.Equal([2, 0, 5, 3], a.index_select(1, index).Floats());
        Assert.Equal([2, 3], a.gather(1, index.view(2, 1)).Floats());
        Assert.Equal([0, 1, 9, 9, 4, 5], a.scatter(1, index.view(2, 1), full([2, 1], 9, float32)).Floats());
        Assert.Equal([0, -1, -1, -1, -1, -1], a.masked_fill(a > 0, -1).Floats());
        Assert.Equal([3, 4, 5], a.masked_select(a > 2).Floats());
        Assert.Equal([0, 0, 0, 3, 4, 0], a.tril().Floats());
        Assert.Equal([0, 1, 2, 0, 4, 5], a.triu().Floats());
        Assert.Equal([0L, 1, 0, 2, 1, 0, 1, 1, 1, 2], a.nonzero().Longs());
    }

    [Fact]
    public void Sizes()
    {
        Size size = (2, 3);
        Assert.Equal(6, size.numel());
        Assert.Equal(3, size[1]);
        Assert.Equal([2, 3, 4], (size + new Size(4)).Shape);
        Assert.Equal([2, 3], randint(5, size).shape);
        Assert.True(Size.Empty.IsScalar);
    }
}
