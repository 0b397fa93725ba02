using System.Globalization;
using LoraGen.Benchmarks.Generation;
using LoraGen.Benchmarks.Loading;
using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Memory;
using LoraGen.Benchmarks.Torch;

Comparison[] comparisons =
[
    .. SiteBenchmark.All,
    .. MethodBenchmark.All,
    .. AttachBenchmark.All,
    .. CheckpointBenchmark.Times,
    .. QuantizedBenchmark.All,
    .. WarmEditBenchmark.All,
    .. ColdRunBenchmark.All,
    .. RuleBenchmark.All,
];

if (args is ["--child", var name, var seed, var secondsLeft])
{
    Child.Measure(
        comparisons.Single(comparison => comparison.Name == name),
        int.Parse(seed, CultureInfo.InvariantCulture),
        double.Parse(secondsLeft, CultureInfo.InvariantCulture),
        Console.Out);
    return 0;
}

if (args is ["--load", .. var order])
{
    Console.WriteLine(LoadedProcess.Measure(order));
    return 0;
}

if (args is ["--memory", .. var training])
{
    Console.WriteLine(TrainedProcess.Measure(training));
    return 0;
}

if (args is ["--checkpoint", var variant])
{
    Console.WriteLine(CheckpointBenchmark.Measure(variant));
    return 0;
}

if (args is ["checkpoint-memory"])
{
    CheckpointBenchmark.Run();
    return 0;
}

if (args is ["--qlora", var modelFolder, var tokens])
{
    Console.WriteLine(QloraBenchmark.Measure(modelFolder, long.Parse(tokens, CultureInfo.InvariantCulture)));
    return 0;
}

if (args is ["--qlora-steps", var stepsFolder])
{
    Console.WriteLine(QloraBenchmark.MeasureSteps(stepsFolder));
    return 0;
}

if (args is ["qlora"])
{
    QloraBenchmark.Run();
    return 0;
}

if (args is ["load"])
{
    LoadBenchmark.Run();
    return 0;
}

if (args is ["memory"])
{
    MemoryBenchmark.Run();
    return 0;
}

if (args is ["memory-table"])
{
    KnownTable.Print();
    return 0;
}

var budget = TimeSpan.FromDays(1);
if (args is ["--seconds", var seconds, .. var rest])
{
    if (!double.TryParse(seconds, CultureInfo.InvariantCulture, out var number) || number is not (> 0 and < 86_400))
        return Fail($"--seconds wants a number of seconds above 0 and below 86400, not \"{seconds}\".");
    budget = TimeSpan.FromSeconds(number);
    args = rest;
}

var unknown = args.Where(argument => !comparisons.Any(comparison => comparison.Is(argument))).ToArray();
if (unknown.Length > 0)
{
    return Fail($"No benchmark is called \"{string.Join("\", \"", unknown)}\". A name or the beginning of one up to a hyphen chooses from: "
        + $"{string.Join(", ", comparisons.Select(comparison => comparison.Name))}; checkpoint-memory, load, memory, memory-table and qlora run alone.");
}

Console.WriteLine(Machine.Describe());
Console.WriteLine();
var chosen = comparisons.Where(comparison => args.Length == 0 || args.Any(comparison.Is)).ToArray();
Report.Print(Parent.Gather(chosen, budget));
return 0;

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}
