using Vision.ResNet;
using static TorchSharp.torch;

namespace Vision.Shapes;

/// <summary>Drawn images, as many of each shape.</summary>
internal static class ShapeImages
{
    public static int Shapes { get; } = Enum.GetValues<Shape>().Length;

    /// <summary>Draws images.</summary>
    /// <param name="preprocessing">What the model needs to be done with an image.</param>
    /// <param name="count">The number of images.</param>
    /// <param name="size">Their height and width.</param>
    /// <param name="seed">Different seeds below 1000 give different images.</param>
    /// <returns>The preprocessed images [count, 3, size, size], and the number of the shape of each [count].</returns>
    public static (Tensor Images, Tensor Labels) Draw(Preprocessing preprocessing, int count, int size, int seed)
    {
        var images = Enumerable.Range(0, count).SelectMany(image => Drawing.Draw(ShapeOf(image), size, (seed * 1_000_000) + image));
        using var pixels = tensor(images.ToArray(), [count, 3, size, size]);
        return (preprocessing.Apply(pixels), tensor(Enumerable.Range(0, count).Select(image => (long)ShapeOf(image)).ToArray()));
    }

    private static Shape ShapeOf(int image) => (Shape)(image % Shapes);
}
