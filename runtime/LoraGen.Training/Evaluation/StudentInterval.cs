namespace LoraGen.Training.Evaluation;

/// <summary>The 95 % interval of a mean of independent values, such as one of each seed, by Student's t.</summary>
internal static class StudentInterval
{
    private const double Normal = 1.959963984540054;

    // The 97.5 % quantiles for 1 to 9 degrees of freedom.
    private static readonly double[] Quantiles = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622];

    /// <summary>The mean and its interval, from NaN to NaN for one value.</summary>
    /// <exception cref="InvalidOperationException">There is no value.</exception>
    public static ConfidenceInterval Mean(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        var degrees = values.Count - 1;
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / degrees);
        var half = Quantile(degrees) * deviation / Math.Sqrt(values.Count);
        return new ConfidenceInterval(mean, mean - half, mean + half, 0.95);
    }

    /// <summary>From 10 degrees on by the expansion of Cornish and Fisher, to four places.</summary>
    private static double Quantile(int degrees)
    {
        if (degrees <= Quantiles.Length)
            return degrees == 0 ? double.NaN : Quantiles[degrees - 1];

        var z = Normal;
        var first = (Math.Pow(z, 3) + z) / 4;
        var second = ((5 * Math.Pow(z, 5)) + (16 * Math.Pow(z, 3)) + (3 * z)) / 96;
        var third = ((3 * Math.Pow(z, 7)) + (19 * Math.Pow(z, 5)) + (17 * Math.Pow(z, 3)) - (15 * z)) / 384;
        return z + (first / degrees) + (second / (degrees * degrees)) + (third / Math.Pow(degrees, 3));
    }
}
