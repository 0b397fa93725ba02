using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace LoraGen.Training.Tests.Reporting;

/// <summary>What the reports write.</summary>
public sealed class ReportTests
{
    private static readonly Evaluated Evaluation = new(2, 1.25, new Dictionary<string, double> { ["accuracy"] = 0.5 });

    [Fact]
    public void Csv_has_a_row_for_each_step()
    {
        using var folder = new TemporaryFolder();
        Report(new CsvReport(folder["logs/run.csv"]), State(1), State(2) with { Evaluation = Evaluation, IsSkipped = true });
        var lines = File.ReadAllLines(folder["logs/run.csv"]);
        Assert.Equal(3, lines.Length);
        Assert.Equal("step,epoch,loss,learning_rate,gradient_norm,skipped,count,count_per_second,evaluation_loss,seconds,memory_bytes", lines[0]);
        Assert.Equal("1,0,0.5,0.001,2.5,false,10,1234.6,,1.500,2000000000", lines[1]);
        Assert.Equal("2,0,0.5,0.001,2.5,true,20,1234.6,1.25,1.500,2000000000", lines[2]);
    }

    [Fact]
    public void A_resumed_training_continues_its_files()
    {
        using var folder = new TemporaryFolder();
        foreach (var steps in (long[][])[[1, 2, 3], [3, 4]])
        {
            Report(new CsvReport(folder["run.csv"]), [.. steps.Select(State)]);
            Report(new JsonReport(folder["run.jsonl"]), [.. steps.Select(State)]);

            // A line that was cut off by the end of the process.
            File.AppendAllText(folder["run.jsonl"], "{\"step\":3,\"st");
        }

        Assert.Equal(["step", "1", "2", "3", "4"], File.ReadLines(folder["run.csv"]).Select(line => line.Split(',')[0]));
        var objects = File.ReadLines(folder["run.jsonl"]).SkipLast(1).Select(line => JsonDocument.Parse(line).RootElement);
        Assert.Equal([1, 2, 3, 4], objects.Select(each => each.GetProperty("step").GetInt64()));
    }

    [Fact]
    public void Json_has_metrics_and_warnings()
    {
        using var folder = new TemporaryFolder();
        var warning = new TrainingWarning(TrainingProblem.StillZero, 2, "B is still zero.", "LORA1006");
        Report(new JsonReport(folder["run.jsonl"]), State(2) with { Evaluation = Evaluation, Warnings = [warning], GradientNorm = double.NaN });
        var root = JsonDocument.Parse(File.ReadAllText(folder["run.jsonl"])).RootElement;
        Assert.Equal(0.5, root.GetProperty("evaluation").GetProperty("metrics").GetProperty("accuracy").GetDouble());
        Assert.Equal("StillZero", root.GetProperty("warnings")[0].GetProperty("problem").GetString());
        Assert.Equal("docs/diagnostics/LORA1006.md", root.GetProperty("warnings")[0].GetProperty("page").GetString());
        Assert.Equal("NaN", root.GetProperty("gradientNorm").GetString());
    }

    [Fact]
    public void TensorBoard_gets_every_number()
    {
        using var folder = new TemporaryFolder();
        var report = new TensorBoardReport(folder["events"]);
        report.Report(State(1));
        report.Report(State(2) with { Evaluation = Evaluation });
        var scalars = Directory.GetFiles(folder["events"]).SelectMany(EventFile.Read).ToArray();
        Assert.Equal([(1L, 0.5f), (2L, 0.5f)], Of("train/loss"));
        Assert.Equal([(1L, 0.001f), (2L, 0.001f)], Of("train/learning_rate"));
        Assert.Equal([(1L, 2f), (2L, 2f)], Of("resources/memory_gb"));
        Assert.Equal([(1L, 0.75f), (2L, 0.75f)], Of("resources/processor"));
        Assert.Equal([(1L, 1.5f), (2L, 1.5f)], Of("time/seconds"));
        Assert.Equal([(2L, 1.25f)], Of("evaluation/loss"));
        Assert.Equal([(2L, 0.5f)], Of("evaluation/accuracy"));
        Assert.Equal([(1L, 100f)], Of("parameters/total"));
        Assert.Equal([(1L, 7f)], Of("parameters/trainable"));

        IEnumerable<(long Step, float Value)> Of(string tag) => scalars.Where(scalar => scalar.Tag == tag).Select(scalar => (scalar.Step, scalar.Value));
    }

    [Fact]
    public void The_plot_is_a_picture_of_the_losses()
    {
        using var folder = new TemporaryFolder();
        Report(new LossPlot(folder["plots/flat.png"], 320, 200), State(1), State(2));
        var last = State(3) with { Evaluation = Evaluation, Loss = double.NaN };
        Report(new LossPlot(folder["plots/other.png"], 320, 200), State(1), State(2) with { Loss = 3 }, last);
        var (flat, other) = (File.ReadAllBytes(folder["plots/flat.png"]), File.ReadAllBytes(folder["plots/other.png"]));
        Assert.Equal([0x89, .. "PNG"u8], flat[..4]);
        Assert.Equal((320, 200), (BinaryPrimitives.ReadInt32BigEndian(flat.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(flat.AsSpan(20))));
        Assert.NotEqual(flat, other);
    }

    [Fact]
    public void A_console_that_is_redirected_gets_plain_lines()
    {
        var text = Show(
            AnsiSupport.No,
            State(1),
            State(2),
            State(3) with { Evaluation = Evaluation, Checkpoint = "runs/step-00000003", IsSkipped = true },
            State(4) with { Warnings = [new TrainingWarning(TrainingProblem.StillZero, 4, "B [x] is still zero.", "LORA1006")] },
            State(5));
        Assert.Equal(
            """
            1/8  loss 0.5000  lr 0.001  1,235 rows/s  2.00 GB  0:01:05 left
            3/8  loss 0.5000, evaluation 1.2500, accuracy 0.5000, skipped  lr 0.001  1,235 rows/s  2.00 GB  0:01:05 left
            checkpoint runs/step-00000003
            warning: B [x] is still zero. See docs/diagnostics/LORA1006.md.
            5/8  loss 0.5000  lr 0.001  1,235 rows/s  2.00 GB  0:01:05 left

            """,
            text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_terminal_gets_a_bar()
    {
        var text = Show(AnsiSupport.Yes, State(1), State(8) with { Evaluation = Evaluation });
        Assert.Contains("━", text, StringComparison.Ordinal);
        Assert.Contains("100%", text, StringComparison.Ordinal);
        Assert.Contains("evaluation 1.2500", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_training_is_reported_to_all()
    {
        using var folder = new TemporaryFolder();
        using var recipe = Recipe.Of("LoRA");
        var states = new StateList();
        using (var reports = new Reports(new CsvReport(folder["run.csv"]), new LossPlot(folder["run.png"]), states))
            await recipe.Trainer(new TrainingOptions { Epochs = 2 }).RunAsync(new RowSource(), new RowSource(2), reports);
        var losses = File.ReadLines(folder["run.csv"]).Skip(1).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture));
        Assert.Equal(states.Select(state => state.Loss), losses);
        Assert.Equal(["run.csv", "run.png"], folder.Names);
    }

    private static string Show(AnsiSupport ansi, params TrainingState[] states)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi,
            Interactive = ansi == AnsiSupport.Yes ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = 200;
        Report(new ConsoleReport("rows", every: 5, console), states);
        return writer.ToString();
    }

    private static void Report<T>(T report, params TrainingState[] states)
        where T : IProgress<TrainingState>, IDisposable
    {
        foreach (var state in states)
            report.Report(state);
        report.Dispose();
    }

    private static TrainingState State(long step)
    {
        return new TrainingState
        {
            Step = step,
            Steps = 8,
            Epoch = 0,
            Loss = 0.5,
            LearningRate = 1e-3,
            GradientNorm = 2.5,
            Count = 10 * step,
            CountPerSecond = 1234.56,
            Elapsed = TimeSpan.FromSeconds(1.5),
            Remaining = TimeSpan.FromSeconds(65),
            MemoryBytes = 2_000_000_000,
            Processor = 0.75,
            TrainableParameters = 7,
            TotalParameters = 100,
        };
    }
}
