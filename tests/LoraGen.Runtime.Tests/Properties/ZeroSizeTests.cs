using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Properties;

/// <summary>Dimensions of size zero do with an adapter what they do without one.</summary>
public sealed class ZeroSizeTests
{
    [Theory]
    [InlineData(6, 8, 4, 0)]
    [InlineData(6, 8, 0, 3)]
    public void Of_a_linear_layer_or_of_its_input(long inputs, long width, long outputs, long rows)
    {
        using var model = Make.Model(() => new Perceptron(inputs, width, outputs));
        var input = Make.Normal(3, rows, inputs);
        var expected = model.forward(input).detach();
        using var lora = model.AttachLora();

        var actual = model.forward(input);
        Expect.SameBits(expected, actual);
        actual.sum().backward();
        Make.Trained(lora);
        var trained = model.forward(input);
        Assert.Equal(expected.shape, trained.shape);
        lora.Merge();
        Expect.Close(trained, model.forward(input));
        lora.Unmerge();
        lora.Detach();
        Expect.SameBits(expected, model.forward(input));
    }

    [Fact]
    public void Of_the_input_of_every_kind_of_layer_and_method()
    {
        using var linear = Make.Model(() => new WithByInput());
        using var embedding = Make.Model(() => new Table());
        using var convolution = Make.Model(() => new ToyConv(groups: 1));
        var rows = zeros(0, 5, 3, device: TestDevice.Device);
        var ids = zeros([0, 5], dtype: ScalarType.Int64, device: TestDevice.Device);
        var images = zeros(0, 3, 8, 8, device: TestDevice.Device);

        Holds(linear, rows, () => linear.AttachLora());
        Holds(linear, rows, () => linear.AttachDora());
        Holds(linear, rows, () => linear.AttachIa3());
        Holds(embedding, ids, () => embedding.AttachLora());
        Holds(embedding, ids, () => embedding.AttachDora());
        Holds(convolution, images, () => convolution.AttachLora());
        Holds(convolution, images, () => convolution.AttachDora());
    }

    private static void Holds(Module<Tensor, Tensor> model, Tensor input, Func<Adapter> attach)
    {
        var expected = model.call(input).shape;
        using var adapter = attach();
        var output = model.call(input);
        output.sum().backward();

        Assert.Equal(expected, output.shape);
        Assert.All(adapter.TrainedParameters(), parameter => Assert.True(parameter.grad is null || parameter.grad.isfinite().all().item<bool>()));
    }
}
