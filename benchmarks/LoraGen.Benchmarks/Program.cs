using LoraGen.Benchmarks.Generation;
using LoraGen.Benchmarks.Loading;
using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Torch;

(string Name, Func<IEnumerable<Row>> Run)[] benchmarks =
[
    ("generator", () => [.. WarmEditBenchmark.Run(), .. ColdRunBenchmark.Run()]),
    ("rules", RuleBenchmark.Run),
    ("attach", AttachBenchmark.Run),
    ("op", SmallOpBenchmark.Run),
    ("site", SiteBenchmark.Run),
    ("load", LoadBenchmark.Run),
];

var names = benchmarks.Select(benchmark => benchmark.Name).ToArray();
var unknown = args.Except(names).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No benchmark \"{string.Join("\", \"", unknown)}\". There are: {string.Join(", ", names)}.");
    return 1;
}

Console.WriteLine(Machine.Describe());
Console.WriteLine();
Table.Print(benchmarks.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)).SelectMany(benchmark => benchmark.Run()));
return 0;
