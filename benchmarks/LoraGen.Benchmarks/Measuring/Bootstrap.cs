namespace LoraGen.Benchmarks.Measuring;

/// <summary>
/// The percentile bootstrap of a median, in two stages: processes are drawn with replacement and then rounds of each drawn process, because the rounds of a
/// process resemble each other more than those of different processes (its memory lies elsewhere, its neighbours are others).
/// </summary>
internal static class Bootstrap
{
    private const int Draws = 2000;
    private const int Seed = 1;

    public static Interval Median(IReadOnlyList<double[]> processes)
    {
        var random = new Random(Seed);
        var medians = new double[Draws];
        var drawn = new List<double>();
        for (var draw = 0; draw < Draws; draw++)
        {
            drawn.Clear();
            for (var i = 0; i < processes.Count; i++)
            {
                var rounds = processes[random.Next(processes.Count)];
                for (var j = 0; j < rounds.Length; j++)
                    drawn.Add(rounds[random.Next(rounds.Length)]);
            }

            medians[draw] = Quantile(drawn, 0.5);
        }

        return new Interval(Quantile(processes.SelectMany(rounds => rounds), 0.5), Quantile(medians, 0.025), Quantile(medians, 0.975));
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
