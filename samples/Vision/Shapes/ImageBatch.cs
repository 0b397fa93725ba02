using static TorchSharp.torch;

namespace Vision.Shapes;

/// <param name="Images">Preprocessed images, [batch, 3, size, size].</param>
/// <param name="Labels">The number of the shape that each shows, [batch].</param>
internal sealed record ImageBatch(Tensor Images, Tensor Labels) : IDisposable
{
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
