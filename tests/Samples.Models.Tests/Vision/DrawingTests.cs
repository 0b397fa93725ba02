using Vision.Shapes;

namespace Samples.Models.Tests.Vision;

public sealed class DrawingTests
{
    [Theory]
    [InlineData(nameof(Shape.Disk), Math.PI)]
    [InlineData(nameof(Shape.Ring), Math.PI * (1 - 0.36))]
    [InlineData(nameof(Shape.Triangle), 1.29904)]
    [InlineData(nameof(Shape.Square), 2)]
    [InlineData(nameof(Shape.Pentagon), 2.37764)]
    [InlineData(nameof(Shape.Star), 1.32252)]
    [InlineData(nameof(Shape.Cross), (2 * 0.6 * 1.9) - 0.36)]
    [InlineData(nameof(Shape.Crescent), 1.42933)]
    public void A_shape_has_its_area(string shape, double area)
    {
        const int Steps = 500;
        var inside = Enumerable.Range(0, Steps * Steps).Count(step => Outline.Contains(Enum.Parse<Shape>(shape), Place(step / Steps), Place(step % Steps)));

        Assert.InRange(4.0 * inside / (Steps * Steps), area - 0.02, area + 0.02);

        static double Place(int step) => (2 * (step + 0.5) / Steps) - 1;
    }

    [Fact]
    public void An_image_depends_on_its_shape_and_seed_alone()
    {
        var image = Drawing.Draw(Shape.Star, 32, seed: 5);

        Assert.Equal(3 * 32 * 32, image.Length);
        Assert.All(image, value => Assert.InRange(value, 0, 255));
        Assert.Equal(image, Drawing.Draw(Shape.Star, 32, seed: 5));
        Assert.NotEqual(image, Drawing.Draw(Shape.Star, 32, seed: 6));
        Assert.NotEqual(image, Drawing.Draw(Shape.Cross, 32, seed: 5));
    }
}
