namespace Vision.Shapes;

/// <summary>Shapes within the circle of radius 1.</summary>
internal static class Outline
{
    public static bool Contains(Shape shape, double x, double y)
    {
        var radius = Math.Sqrt((x * x) + (y * y));
        return shape switch
        {
            Shape.Disk => radius < 1,
            Shape.Ring => radius is > 0.6 and < 1,
            Shape.Crescent => radius < 1 && ((x - 0.5) * (x - 0.5)) + (y * y) > 0.7,
            Shape.Triangle => IsInPolygon(3),
            Shape.Square => IsInPolygon(4),
            Shape.Pentagon => IsInPolygon(5),
            Shape.Star => IsInStar(5, 0.45),
            Shape.Cross => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.3 && Math.Max(Math.Abs(x), Math.Abs(y)) < 0.95,
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };

        // A polygon is the star whose notches are on the lines between its points.
        bool IsInPolygon(int points) => IsInStar(points, Math.Cos(Math.PI / points));

        // The side from a point, at angle 0 and radius 1, to the notch beside it. All other sides are that one, turned or mirrored.
        bool IsInStar(int points, double notchRadius)
        {
            var sector = Math.PI / points;
            var angle = Math.Abs(Math.IEEERemainder(Math.Atan2(y, x), 2 * sector));
            var (notchX, notchY) = (notchRadius * Math.Cos(sector), notchRadius * Math.Sin(sector));
            return ((notchX - 1) * radius * Math.Sin(angle)) - (notchY * ((radius * Math.Cos(angle)) - 1)) > 0;
        }
    }
}
