namespace Vision.Shapes;

/// <summary>Draws a shape at a random place, in random size, direction, texture and colours, on a background of another texture, with noise.</summary>
internal static class Drawing
{
    private const double Noise = 30;

    // Samples in each direction of a pixel.
    private const int Samples = 2;

    /// <summary>Red, green and blue from 0 to 255, [3, size, size]. The same seed draws the same image.</summary>
    public static float[] Draw(Shape shape, int size, int seed)
    {
        var random = new Random(seed);
        var (inside, outside) = (new Texture(random), new Texture(random));
        var radius = 0.25 + (0.2 * random.NextDouble());
        var (centreX, centreY) = (Within(), Within());
        var angle = random.NextDouble() * Math.Tau;
        var (cos, sin) = (Math.Cos(angle) / radius, Math.Sin(angle) / radius);

        var pixels = new float[3 * size * size];
        for (var pixel = 0; pixel < size * size; pixel++)
        {
            var mean = new double[3];
            for (var sample = 0; sample < Samples * Samples; sample++)
            {
                var x = ((pixel % size) + ((0.5 + (sample % Samples)) / Samples)) / size;
                var y = ((pixel / size) + ((0.5 + (sample / Samples)) / Samples)) / size;
                var (dx, dy) = (x - centreX, y - centreY);
                var texture = Outline.Contains(shape, (dx * cos) + (dy * sin), (dy * cos) - (dx * sin)) ? inside : outside;
                var colour = texture.At(x, y);
                for (var channel = 0; channel < 3; channel++)
                    mean[channel] += colour[channel] / (Samples * Samples);
            }

            for (var channel = 0; channel < 3; channel++)
                pixels[(channel * size * size) + pixel] = (float)Math.Clamp(mean[channel] + (Noise * ((2 * random.NextDouble()) - 1)), 0, 255);
        }

        return pixels;

        double Within() => radius + ((1 - (2 * radius)) * random.NextDouble());
    }
}
