using System.Diagnostics;
using System.Globalization;
using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>Comparisons whose runs are processes.</summary>
public sealed class CompareTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _started;

    [Fact]
    public async Task Each_run_is_a_process_and_is_not_repeated()
    {
        var plan = Plan(new Variant("plain", [0.01, 0.02]), new Variant("large", [0.01])) with { Seeds = [4, 5] };
        var lines = new Lines();

        var result = await Compare.RunAsync(plan, lines);

        // Two learning rates with the first seed, and the second seed with the better one.
        Assert.True(result.IsComplete);
        Assert.Equal(0.02, result.Variants[0].LearningRate);
        Assert.Equal([4, 5], result.Variants[0].Runs.Select(run => run.Seed));
        Assert.Equal(5, _started);
        var processes = result.Variants.SelectMany(variant => variant.Runs).Select(run => run.Measurement.TrainedParameters).ToArray();
        Assert.Equal(4, processes.Append(Environment.ProcessId).Distinct().Count() - 1);
        Assert.Contains("plain, learning rate 0.02, seed 5: accuracy 0.750 [0.625, 0.812], validation 0.520, 60.0 s of training", lines);

        // The peak of a process doesn't have the memory of another one.
        var (plain, large) = (Peak(result.Variants[0]), Peak(result.Variants[1]));
        Assert.True(plain is null || large - plain > ComparedChild.LargeBytes / 2, $"{plain}, {large}");
        Assert.Equal(["logs", "runs", "work"], _folder.Names);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["work"]));

        var again = await Compare.RunAsync(plan, lines);

        Assert.Equal(5, _started);
        Assert.Equal(result.ToMarkdown(), again.ToMarkdown());
    }

    [Fact]
    public async Task A_stopped_comparison_continues()
    {
        var plan = Plan(new Variant("plain", [0.01]), new Variant("waits", [0.01]));
        using var stop = new CancellationTokenSource();
        var running = Compare.RunAsync(plan, null, stop.Token);
        while (!File.Exists(_folder["repair.waiting"]) && !running.IsCompleted)
            await Task.Delay(20);
        var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(_folder["repair.waiting"]), CultureInfo.InvariantCulture));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.True(process.HasExited);
        Assert.Equal(["plain_learning-rate-0.01_seed-0.json"], Directory.GetFiles(_folder["runs"]).Select(Path.GetFileName));
        Assert.Equal([1, 0], Compare.Read(plan).Variants.Select(variant => variant.Runs.Count));
        Assert.Equal(1, Compare.Read(plan).Missing);

        File.WriteAllText(_folder["repair"], "");
        var result = await Compare.RunAsync(plan);

        Assert.Equal(3, _started);
        Assert.True(result.IsComplete);
        Assert.Equal([1, 1], result.Variants.Select(variant => variant.Runs.Count));
    }

    [Fact]
    public async Task A_run_that_fails_is_kept_with_its_error_and_run_again()
    {
        var plan = Plan(new Variant("throws", [0.01]), new Variant("exits", [0.01]), new Variant("plain", [0.01]));

        var result = await Compare.RunAsync(plan);

        Assert.False(result.IsComplete);
        Assert.Equal([0, 0, 1], result.Variants.Select(variant => variant.Runs.Count));
        Assert.Equal(
            [
                new FailedRun("throws, learning rate 0.01, seed 0", "InvalidOperationException: It doesn't work.\nThe process ended with exit code 1."),
                new FailedRun("exits, learning rate 0.01, seed 0", "Out of something.\nThe process ended with exit code 7."),
            ],
            result.Failures);
        Assert.Equal(result.Failures, Compare.Read(plan).Failures);
        Assert.Contains($"at {typeof(ComparedChild)}", File.ReadAllText(_folder["logs/throws_learning-rate-0.01_seed-0.txt"]), StringComparison.Ordinal);

        File.WriteAllText(_folder["repair"], "");
        Assert.True((await Compare.RunAsync(plan)).IsComplete);
        Assert.Equal(5, _started);
    }

    [Fact]
    public async Task Runs_with_other_settings_are_refused()
    {
        await Compare.RunAsync(Plan(new Variant("plain", [0.01])));
        var other = Plan(new Variant("large", [0.01]));
        other = other with { Settings = new Dictionary<string, string>(other.Settings) { ["epochs"] = "3" } };

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Compare.RunAsync(other));

        Assert.Contains("- epochs: 2 in the file, 3 here", refused.Message.Split(Environment.NewLine));
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        var plan = Plan(new Variant("plain", [0.01]));
        var file = _folder.Write("runs/plain_learning-rate-0.01_seed-0.json", "{\"run\":{\"meth");

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Compare.RunAsync(plan));

        Assert.StartsWith($"\"{file}\"", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static long? Peak(VariantResult variant) => variant.Runs[0].Measurement.PeakMemoryBytes;

    private ComparisonPlan Plan(params Variant[] variants) => new()
    {
        Folder = _folder.Path,
        Variants = variants,
        MaxAddedRates = 0,
        Settings = new Dictionary<string, string> { ["epochs"] = "2", [ComparedChild.Repair] = _folder["repair"] },
        Program = arguments =>
        {
            _started++;
            return new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]);
        },
    };
}
