using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Tests.Evaluation;

public sealed class StudentIntervalTests
{
    // The 97.5 % quantiles of Student's t, from statistical tables.
    [Theory]
    [InlineData(2, 12.7062)]
    [InlineData(3, 4.3027)]
    [InlineData(10, 2.2622)]
    [InlineData(11, 2.2281)]
    [InlineData(13, 2.1788)]
    [InlineData(31, 2.0423)]
    [InlineData(101, 1.9840)]
    public void The_half_width_is_the_quantile_of_the_standard_error(int count, double quantile)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)(i % 5))];
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / (count - 1) / count);

        var interval = StudentInterval.Mean(values);

        Assert.Equal(mean, interval.Value);
        Assert.Equal(quantile, (interval.High - interval.Value) / error, 3e-4);
        Assert.Equal(quantile, (interval.Value - interval.Low) / error, 3e-4);
    }

    [Fact]
    public void One_value_has_no_interval()
    {
        var interval = StudentInterval.Mean([3]);

        Assert.Equal((3, double.NaN, double.NaN), (interval.Value, interval.Low, interval.High));
    }
}
