using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class IndexingTests
{
    private readonly Tensor a = arange(1, 7, float32).view(2, 3);

    [Fact]
    public void Numbers_and_ranges()
    {
        Assert.Equal(6, a[1, 2].item<float>());
        Assert.Equal([4, 5, 6], a[1].Floats());
        Assert.Equal([4, 5, 6], a[-1].Floats());
        Assert.Equal([2, 3, 5, 6], a[.., 1..3].Floats());
        Assert.Equal([3, 6], a[.., ^1].Floats());
        Assert.Equal([2, 5], a[TensorIndex.Colon, 1].Floats());
        Assert.Equal([1, 3], a[TensorIndex.Single(0), TensorIndex.Slice(step: 2)].Floats());
        Assert.Equal([1L, 4, 7], arange(9)[TensorIndex.Slice(1, null, 3)].Longs());
        Assert.Equal([1, 2, 4, 5], a[.., ..^1].Floats());
    }

    [Fact]
    public void Ellipsis_and_new_dimensions()
    {
        using var b = arange(24).view(2, 3, 4);
        Assert.Equal([3L, 7, 11, 15, 19, 23], b[TensorIndex.Ellipsis, 3].Longs());
        Assert.Equal([2, 1, 3], a[TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([1, 2, 3, 1], a[TensorIndex.None, TensorIndex.Ellipsis, TensorIndex.Null].shape);
        Assert.Equal([1, 2, 3], a[TensorIndex.Bool(true)].shape);
        Assert.Equal([0, 2, 3], a[TensorIndex.Bool(false)].shape);
    }

    [Fact]
    public void Tensors_of_indices_and_masks()
    {
        Assert.Equal([4, 5, 6, 1, 2, 3], a[tensor(new long[] { 1, 0 })].Floats());
        Assert.Equal([2, 6], a[tensor(new long[] { 0, 1 }), tensor(new long[] { 1, 2 })].Floats());
        Assert.Equal([4, 5, 6], a[a > 3].Floats());
        Assert.Equal([3, 1, 6, 4], a[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 2, 0 }))].Floats());
        Assert.Equal([4, 5, 6], a[TensorIndex.Tensor(tensor(1L))].Floats());
    }

    [Fact]
    public void A_view_writes_through()
    {
        a[1].zero_();
        Assert.Equal([1, 2, 3, 0, 0, 0], a.Floats());
        using var same = a[TensorIndex.Colon];
        Assert.NotSame(a, same);
        same.fill_(7);
        Assert.Equal(7, a[0, 0].item<float>());
    }

    [Fact]
    public void Assignment()
    {
        a[0, 1] = 20f;
        a[1] = zeros(3);
        Assert.Equal([1, 20, 3, 0, 0, 0], a.Floats());
        a[.., 2..] = tensor(new float[] { 8, 9 }).view(2, 1);
        Assert.Equal([1, 20, 8, 0, 0, 9], a.Floats());
        a[a > 8] = -1f;
        Assert.Equal([1, -1, 8, 0, 0, -1], a.Floats());
        a[0] = ones(1, 3);
        Assert.Equal([1, 1, 1, 0, 0, -1], a.Floats());
        a.index_put_(5, TensorIndex.Single(1));
        Assert.Equal([1, 1, 1, 5, 5, 5], a.Floats());
    }

    [Fact]
    public void Index_put_can_accumulate()
    {
        using var target = zeros(4);
        target.index_put_(ones(3), [tensor(new long[] { 1, 1, 2 })], accumulate: true);
        Assert.Equal([0, 2, 1, 0], target.Floats());
        Assert.Throws<ArgumentException>(() => target.index_put_(ones(1), [TensorIndex.Colon], accumulate: true));
    }

    [Fact]
    public void Gradients_flow_through_indices()
    {
        using var x = tensor(new double[] { 1, 2, 3 }, requires_grad: true);
        x[tensor(new long[] { 0, 0, 2 })].sum().backward();
        Assert.Equal([2, 0, 1], x.grad!.Doubles());
    }

    [Fact]
    public void Errors()
    {
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a[2]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a[0, 3]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a[0, 0, 0]);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a[.., .., ..]);
    }

    [Fact]
    public void Temporaries_are_freed()
    {
        var before = Native.st_live_handles();
        a[1, 2].Dispose();
        a[.., 1..3].Dispose();
        a[TensorIndex.Bool(true), 0].Dispose();
        using (var zero = tensor(0f))
        {
            a[0, 1] = zero;
        }

        Assert.Equal(before, Native.st_live_handles());
    }
}
