using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class ConvolutionTests
{
    [Fact]
    public void Conv1d_slides_its_kernel()
    {
        using var conv = nn.Conv1d(1, 1, 2);
        conv.weight = nn.Parameter(tensor(new float[] { 1, 10 }).reshape(1, 1, 2));
        conv.bias = nn.Parameter(tensor(new float[] { 100 }));
        conv.call(tensor(new float[] { 1, 2, 3 }).reshape(1, 1, 3)).Floats().Near(121, 132);
        Assert.Equal(["weight", "bias"], conv.state_dict().Keys);
        Assert.Throws<ArgumentException>(() => conv.call(ones(1, 2, 3)));
    }

    [Fact]
    public void Conv2d_slides_its_kernel()
    {
        using var conv = nn.Conv2d(1, 1, (2, 1), stride: (1, 2), padding: (1, 0), bias: false);
        conv.weight = nn.Parameter(tensor(new float[] { 1, 10 }).reshape(1, 1, 2, 1));
        conv.call(tensor(new float[] { 1, 2, 3, 4, 5, 6 }).reshape(1, 1, 2, 3)).Floats().Near(10, 30, 41, 63, 4, 6);
        Assert.Null(conv.bias);
        Assert.Equal("Conv2d", conv.GetName());
    }

    [Fact]
    public void Conv3d_slides_its_kernel()
    {
        using var conv = nn.Conv3d(1, 1, (1, 2, 1), stride: (1, 1, 2), padding: (0, 1, 0), bias: false);
        conv.weight = nn.Parameter(tensor(new float[] { 1, 10 }).reshape(1, 1, 1, 2, 1));
        conv.call(tensor(new float[] { 1, 2, 3, 4, 5, 6 }).reshape(1, 1, 1, 2, 3)).Floats().Near(10, 30, 41, 63, 4, 6);
        Assert.Equal("Conv3d", conv.GetName());
        Assert.Throws<ArgumentException>(() => conv.call(ones(1, 2, 3)));

        using var same = nn.Conv3d(2, 4, 3, Padding.Same, dilation: 2, padding_mode: PaddingModes.Circular, groups: 2);
        Assert.Equal([4, 1, 3, 3, 3], same.weight.shape);
        Assert.Equal([1, 4, 5, 6, 7], same.call(ones([1, 2, 5, 6, 7])).shape);
        Assert.Equal([1, 4, 3, 4, 5], nn.Conv3d(2, 4, (3, 3, 3), Padding.Valid).call(ones([1, 2, 5, 6, 7])).shape);
    }

    [Fact]
    public void Functional_convolutions_are_those_of_the_modules()
    {
        var (input, kernel) = (randn([2, 4, 5, 6, 7]), randn([6, 2, 3, 2, 1]));
        using var conv = nn.Conv3d(4, 6, (3, 2, 1), stride: (2, 1, 1), padding: (1, 0, 1), dilation: (1, 2, 1), groups: 2, bias: false);
        conv.weight = nn.Parameter(kernel.clone());
        Values.Near(conv.call(input), nn.functional.conv3d(input, kernel, null, [2, 1, 1], [1, 0, 1], [1, 2, 1], 2), 1e-5);

        using var same = nn.Conv3d(4, 6, (3, 2, 1), Padding.Same, groups: 2, bias: false);
        same.weight = nn.Parameter(kernel.clone());
        Values.Near(same.call(input), nn.functional.conv3d_padding(input, kernel, padding: Padding.Same, groups: 2), 1e-5);
    }

    [Fact]
    public void Padding_keeps_the_size_and_takes_the_wanted_values()
    {
        using var same = nn.Conv2d(2, 4, 3, Padding.Same);
        Assert.Equal([1, 4, 5, 6], same.call(ones(1, 2, 5, 6)).shape);

        using var reflect = nn.Conv1d(1, 1, 3, padding: 1, padding_mode: PaddingModes.Reflect, bias: false);
        reflect.weight = nn.Parameter(tensor(new float[] { 1, 0, 0 }).reshape(1, 1, 3));
        reflect.call(tensor(new float[] { 5, 6, 7 }).reshape(1, 1, 3)).Floats().Near(6, 5, 6);
    }

    [Fact]
    public void Groups_and_types()
    {
        using var conv = nn.Conv2d(4, 8, 3, groups: 2);
        Assert.Equal([8, 2, 3, 3], conv.weight.shape);
        conv.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, conv.weight.dtype);
        var bound = Math.Sqrt(1.0 / 18);
        Assert.All(conv.weight.Floats(), value => Assert.InRange(value, -bound, bound));
    }
}
