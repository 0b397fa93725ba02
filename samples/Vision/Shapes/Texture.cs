namespace Vision.Shapes;

/// <summary>A pattern of two colours, of random kind, direction and width.</summary>
internal sealed class Texture
{
    private readonly double[][] _colours;
    private readonly Func<double, double, bool> _isSecond;
    private readonly (double X, double Y) _direction;
    private readonly (double X, double Y) _phase;

    public Texture(Random random)
    {
        var (first, second) = (Colour(), Colour());
        _colours = [first, [.. first.Zip(second, (one, other) => (one + other) / 2)]];
        _isSecond = random.Next(4) switch
        {
            0 => (_, _) => false,
            1 => (x, _) => Math.Sin(x) > 0,
            2 => (x, y) => Math.Sin(x) * Math.Sin(y) > 0,
            _ => (x, y) => Math.Sin(x) + Math.Sin(y) > 0.9,
        };
        var (angle, frequency) = (random.NextDouble() * Math.Tau, 20 + (40 * random.NextDouble()));
        _direction = (frequency * Math.Cos(angle), frequency * Math.Sin(angle));
        _phase = (random.NextDouble() * Math.Tau, random.NextDouble() * Math.Tau);

        double[] Colour() => [.. Enumerable.Range(0, 3).Select(_ => 255 * random.NextDouble())];
    }

    /// <summary>Red, green and blue at a point of the image, whose sides are 1.</summary>
    public double[] At(double x, double y)
    {
        var isSecond = _isSecond((x * _direction.X) + (y * _direction.Y) + _phase.X, (y * _direction.X) - (x * _direction.Y) + _phase.Y);
        return _colours[isSecond ? 1 : 0];
    }
}
