using Models.Onnx;
using static TorchSharp.torch;

namespace Vision.ResNet;

/// <summary>What the package's second file does with an image: blue before green before red, and the mean image subtracted.</summary>
internal sealed class Preprocessing : IDisposable
{
    private readonly Tensor _mean;

    /// <param name="size">Height and width of the images. The mean image has 224 of each; for other sizes it is resized.</param>
    public Preprocessing(int size)
    {
        using var scope = NewDisposeScope();
        using var file = File.OpenRead(ResNet18Package.Preprocessing);
        _mean = nn.functional.adaptive_avg_pool2d(OnnxGraph.Read(file).Weights.Values.Single(), size).MoveToOuterDisposeScope();
    }

    /// <param name="pixels">Red, green and blue from 0 to 255, [batch, 3, height, width].</param>
    public Tensor Apply(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        return (pixels.flip(1) - _mean).MoveToOuterDisposeScope();
    }

    public void Dispose() => _mean.Dispose();
}
