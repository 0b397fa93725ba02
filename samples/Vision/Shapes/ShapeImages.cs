using LoraGen.Training;
using Vision.ResNet;
using static TorchSharp.torch;

namespace Vision.Shapes;

/// <summary>Drawn images, as many of each shape, in an order that differs between epochs.</summary>
internal sealed class ShapeImages : IBatchSource<ImageBatch>
{
    private readonly Preprocessing _preprocessing;
    private readonly float[][] _images;
    private readonly int _size;
    private readonly int _seed;
    private readonly int _batchSize;

    /// <param name="preprocessing">What the model needs to be done with an image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="size">Their height and width.</param>
    /// <param name="seed">Different seeds below 1000 give different images.</param>
    /// <param name="batchSize">The number of images in a batch.</param>
    public ShapeImages(Preprocessing preprocessing, int count, int size, int seed, int batchSize)
    {
        (_preprocessing, _size, _seed, _batchSize) = (preprocessing, size, seed, batchSize);
        _images = [.. Enumerable.Range(0, count).Select(image => Drawing.Draw(ShapeOf(image), size, (seed * 1_000_000) + image))];
    }

    public static int Shapes { get; } = Enum.GetValues<Shape>().Length;

    public long? BatchesPerEpoch => (_images.Length + _batchSize - 1) / _batchSize;

    public string Description => $"{_images.Length} images of {_size}×{_size}, seed {_seed}, batches of {_batchSize}";

    public IEnumerable<ImageBatch> Epoch(long epoch, long skip = 0)
    {
        return SeededShuffle.Order(_images.Length, _seed, epoch).Chunk(_batchSize).Skip((int)skip).Select(Batch);
    }

    private static Shape ShapeOf(int image) => (Shape)(image % Shapes);

    private ImageBatch Batch(int[] images)
    {
        using var pixels = tensor(images.SelectMany(image => _images[image]).ToArray(), [images.Length, 3, _size, _size]);
        return new ImageBatch(_preprocessing.Apply(pixels), tensor(images.Select(image => (long)ShapeOf(image)).ToArray()));
    }
}
