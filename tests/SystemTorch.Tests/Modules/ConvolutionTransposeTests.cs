using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class ConvolutionTransposeTests
{
    [Fact]
    public void ConvTranspose1d_spreads_its_kernel()
    {
        using var conv = nn.ConvTranspose1d(1, 1, 2, stride: 2);
        conv.weight = nn.Parameter(tensor(new float[] { 1, 10 }).reshape(1, 1, 2));
        conv.bias = nn.Parameter(tensor(new float[] { 100 }));
        conv.call(tensor(new float[] { 1, 2, 3 }).reshape(1, 1, 3)).Floats().Near(101, 110, 102, 120, 103, 130);
        Assert.Equal("ConvTranspose1d", conv.GetName());
        Assert.Throws<ArgumentException>(() => conv.call(ones(1, 2, 3)));
    }

    [Fact]
    public void ConvTranspose2d_spreads_its_kernel()
    {
        using var conv = nn.ConvTranspose2d(1, 1, (2, 1), stride: (1, 2), bias: false);
        conv.weight = nn.Parameter(tensor(new float[] { 1, 10 }).reshape(1, 1, 2, 1));
        conv.call(tensor(new float[] { 1, 2 }).reshape(1, 1, 1, 2)).Floats().Near(1, 0, 2, 10, 0, 20);
        Assert.Null(conv.bias);
    }

    [Fact]
    public void The_weight_has_the_input_channels_first()
    {
        Assert.Equal([4, 3, 5], nn.ConvTranspose1d(4, 6, 5, groups: 2).weight.shape);
        Assert.Equal([4, 6, 3, 2], nn.ConvTranspose2d(4, 6, (3, 2)).weight.shape);
        Assert.Equal([4, 3, 3, 3, 3], nn.ConvTranspose3d(4, 6, 3, groups: 2).weight.shape);
        Assert.Equal([6], nn.ConvTranspose3d(4, 6, (1, 2, 3)).bias!.shape);
    }

    [Fact]
    public void It_is_the_gradient_of_the_convolution()
    {
        using var input = randn(2, 4, 3, 5);
        using var kernel = randn(4, 3, 3, 2);
        using var image = zeros(2, 6, 5, 10, requires_grad: true);
        using var forward = nn.functional.conv2d(image, kernel, null, [2, 2], [1, 0], [1, 1], 2);
        using var product = (forward * input).sum();
        product.backward();

        using var conv = nn.ConvTranspose2d(4, 6, (3, 2), stride: (2, 2), padding: (1, 0), groups: 2, bias: false);
        conv.weight = nn.Parameter(kernel.clone());
        Values.Near(image.grad!, conv.call(input), 1e-5);
    }

    [Fact]
    public void The_size_asked_for_is_given_or_refused()
    {
        using var conv = nn.ConvTranspose2d(1, 1, 3, stride: 2, padding: 1);
        var input = ones(1, 1, 4, 4);
        Assert.Equal([1, 1, 7, 7], conv.call(input).shape);
        Assert.Equal([1, 1, 8, 7], conv.forward(input, [8, 7]).shape);
        Assert.Equal([1, 1, 8, 8], conv.forward(input, [1, 1, 8, 8]).shape);
        Assert.Throws<ArgumentException>(() => conv.forward(input, [9, 7]));
        Assert.Throws<ArgumentException>(() => conv.forward(input, [8]));
        Assert.Equal([1, 1, 8, 8], nn.ConvTranspose2d(1, 1, 3, stride: 2, padding: 1, output_padding: 1).call(input).shape);
    }

    [Fact]
    public void Padding_is_of_zeros_alone()
    {
        Assert.Throws<ArgumentException>(() => nn.ConvTranspose1d(1, 1, 2, padding_mode: PaddingModes.Circular));
    }
}
