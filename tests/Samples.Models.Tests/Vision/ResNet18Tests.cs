using TorchSharp.Modules;
using Vision.ResNet;
using Vision.Shapes;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Vision;

/// <summary>The sample's ResNet with the package's weights, compared with ONNX Runtime's execution of the files that they come from.</summary>
public sealed class ResNet18Tests
{
    private const int Size = 224;

    [Fact]
    public void Features_are_those_of_onnx_runtime()
    {
        using var model = ResNet18Package.Load();
        using var preprocessing = new Preprocessing(Size);
        using var beforeOracle = new OnnxImages(ResNet18Package.Preprocessing);
        using var oracle = new OnnxImages(ResNet18Package.Network);
        model.eval();
        using var noGrad = no_grad();

        var (star, disk) = (Pixels(Shape.Star), Pixels(Shape.Disk));
        var expected = new[] { star, disk }.Select(image => oracle.Run(beforeOracle.Run(image)).flatten(1)).ToArray();
        Expect.SameBits(beforeOracle.Run(star), preprocessing.Apply(star), "Preprocessed image");
        Expect.Close(cat(expected), model.call(preprocessing.Apply(cat([star, disk]))), 1e-4, "Features");
        Expect.Differ(expected[0], expected[1], 0.5);
    }

    [Fact]
    public void Images_of_another_size_are_prepared_with_the_same_mean_colour()
    {
        using var preprocessing = new Preprocessing(32);
        using var original = new Preprocessing(Size);

        var small = preprocessing.Apply(zeros(1, 3, 32, 32));

        Expect.Close(original.Apply(zeros(1, 3, Size, Size)).mean([2, 3]), small.mean([2, 3]), 1e-3);
    }

    [Fact]
    public void Training_mode_leaves_the_norms_in_evaluation_mode()
    {
        using var model = new ResNet18();

        model.train();

        var norms = model.modules().OfType<BatchNorm2d>().ToArray();
        Assert.Equal(22, norms.Length);
        Assert.All(norms, norm => Assert.False(norm.training));
        Assert.All(model.modules().OfType<BasicBlock>(), block => Assert.True(block.training));
    }

    private static Tensor Pixels(Shape shape) => tensor(Drawing.Draw(shape, Size, seed: 7), [1, 3, Size, Size]);
}
