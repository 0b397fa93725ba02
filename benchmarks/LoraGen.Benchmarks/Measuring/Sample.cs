namespace LoraGen.Benchmarks.Measuring;

/// <summary>What the processes measured of one comparison.</summary>
internal sealed class Sample(Comparison comparison)
{
    private readonly List<IReadOnlyList<double[]>> _processes = [];

    public Comparison Comparison { get; } = comparison;

    /// <summary>Of the first process; of no variant while no process got so far.</summary>
    public IReadOnlyList<VariantCost> Costs { get; private set; } = [];

    public int Processes => _processes.Count;

    public int Rounds => _processes.Sum(rounds => rounds.Count);

    public void Add(IReadOnlyList<VariantCost> costs, IReadOnlyList<double[]> rounds)
    {
        if (rounds.Count == 0)
            return;
        if (Costs.Count == 0)
            Costs = costs;
        _processes.Add(rounds);
    }

    /// <summary>The median over all rounds of a number that each round gives, with its interval.</summary>
    public Interval Of(Func<double[], double> number) => Bootstrap.Median([.. _processes.Select(rounds => rounds.Select(number).ToArray())]);
}
