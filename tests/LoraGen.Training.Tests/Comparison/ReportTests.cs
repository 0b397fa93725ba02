using System.Buffers.Binary;
using System.Text.Json;
using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>The report of a comparison.</summary>
public sealed class ReportTests
{
    [Fact]
    public async Task Tables()
    {
        var plan = Plan([new Variant("full", [5e-5]), new Variant("lora", [1e-3, 2e-3]), new Variant("broken|", [1])], [0, 1]) with
        {
            Settings = new Dictionary<string, string> { ["epochs"] = "3", ["data"] = "mails" },
            MaxAddedRates = 0,
        };

        var text = (await Results.OfAsync(plan, Measure)).ToMarkdown();

        Assert.Equal(
            """
            | method | learning rate | accuracy | against full | trained | share | training | step | attached | merged | peak memory | retrieval |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            | full | 5e-5 | 0.900 [0.773, 1.027] |  | 50,000 | 5.00 % | 60.0 s | 500 ms | 12.50 ms |  | 812 MB |  |
            | lora | 0.002 | 0.930 [0.676, 1.184] | +0.030 [-0.097, +0.157] | 50,000 | 5.00 % | 60.0 s | 500 ms | 12.50 ms | 10.00 ms | 812 MB | 0.500 → 0.375 |

            Means over the seeds 0, 1, with 95 % intervals of Student's t over the seeds; differences are of equal seeds, and times are the shortest of the seeds.

            Learning rates that were tried with seed 0, and the accuracy on the validation data:

            | method | learning rates | chosen |
            | --- | --- | --- |
            | full | 5e-5: 0.500 | 5e-5 |
            | lora | 0.001: 0.250; 0.002: 0.750 | 0.002 |
            | broken\| | 1: none | none |

            Runs that failed:

            | run | error |
            | --- | --- |
            | broken\|, learning rate 1, seed 0 | It failed. |

            Settings: data mails; epochs 3.

            Machine: 2 cores. All runs took 4.5 minutes.

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public async Task One_seed_and_one_rate()
    {
        var result = await Results.OfAsync(Plan([new Variant("full", [5e-5])], [7]), Measure);

        Assert.Equal(
            """
            | method | learning rate | accuracy | trained | share | training | step | attached | peak memory |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            | full | 5e-5 | 0.960 [0.835, 1.022] | 50,000 | 5.00 % | 60.0 s | 500 ms | 12.50 ms | 812 MB |

            The intervals of the accuracy are those of the bootstrap over the test items, at 95 %; there is one seed, 7.

            Machine: 2 cores. All runs took 0.8 minutes.

            """.ReplaceLineEndings("\n"),
            result.ToMarkdown());
    }

    [Fact]
    public async Task Json_has_the_means_and_each_measurement()
    {
        using var folder = new TemporaryFolder();
        var plan = Plan([new Variant("full", [5e-5]), new Variant("lora", [1e-3, 2e-3])], [0, 1]) with { Folder = folder.Path };

        (await Results.OfAsync(plan, Measure)).WriteReport();

        var lora = JsonDocument.Parse(File.ReadAllText(folder["comparison.json"])).RootElement.GetProperty("variants")[1];
        Assert.Equal(0.93, lora.GetProperty("means").GetProperty("quality").GetProperty("value").GetDouble(), 12);
        Assert.Equal(0.03, lora.GetProperty("means").GetProperty("qualityAgainstFirst").GetProperty("value").GetDouble(), 12);
        Assert.Equal(-0.125, lora.GetProperty("means").GetProperty("forgetting").GetProperty("value").GetDouble());
        Assert.Equal(0.5, lora.GetProperty("shortestTimes").GetProperty("stepSeconds").GetDouble());
        Assert.Equal([0, 1], lora.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("seed").GetInt32()));
        Assert.Equal(0.01, lora.GetProperty("runs")[0].GetProperty("measurement").GetProperty("mergedSeconds").GetDouble());
        Assert.Equal(["comparison.json", "comparison.md", "parameters.png", "time.png"], folder.Names);
    }

    [Theory]
    [InlineData(PlotAxis.TrainedParameters)]
    [InlineData(PlotAxis.TrainingTime)]
    public async Task A_plot_is_drawn(PlotAxis axis)
    {
        using var folder = new TemporaryFolder();
        var result = await Results.OfAsync(
            Plan([new Variant("full", [5e-5]), new Variant("lora", [1e-3])], [0, 1]),
            run => Measure(run)! with { TrainedParameters = run.Method == "full" ? 1_000_000 : 1000, TrainingSeconds = run.Method == "full" ? 10 : 20 });

        result.SavePlot(folder["plots/plot.png"], axis, 500, 300);
        (await Results.OfAsync(Plan([new Variant("full", [5e-5])], [0, 1]), Measure)).SavePlot(folder["plots/other.png"], axis, 500, 300);

        var (plot, other) = (File.ReadAllBytes(folder["plots/plot.png"]), File.ReadAllBytes(folder["plots/other.png"]));
        Assert.Equal((500, 300), (BinaryPrimitives.ReadInt32BigEndian(plot.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(plot.AsSpan(20))));
        Assert.NotEqual(plot, other);
    }

    [Fact]
    public async Task Without_a_result_nothing_is_drawn()
    {
        using var folder = new TemporaryFolder();
        var result = await Results.OfAsync(Plan([new Variant("broken", [1])], [0]), _ => null);

        result.SavePlot(folder["plot.png"], PlotAxis.TrainingTime);

        Assert.Empty(folder.Names);
        Assert.DoesNotContain("| accuracy |", result.ToMarkdown(), StringComparison.Ordinal);
    }

    private static ComparisonPlan Plan(Variant[] variants, long[] seeds)
    {
        return new ComparisonPlan { Folder = "f", Variants = variants, Seeds = seeds, Forgetting = "retrieval" };
    }

    private static Measurement? Measure(ComparedRun run)
    {
        return run switch
        {
            { Method: "full" } => Measured.Of(0.5, run.Seed == 7 ? 0.96 : 0.89 + (run.Seed * 0.02)),
            { Method: "lora" } => Measured.Of(run.LearningRate == 1e-3 ? 0.25 : 0.75, 0.91 + (run.Seed * 0.04)) with
            {
                MergedSeconds = 0.01,
                Forgetting = new BeforeAndAfter(0.5, 0.375),
            },
            _ => null,
        };
    }
}
