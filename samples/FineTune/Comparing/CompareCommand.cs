using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FineTuning.Training;
using LoraGen.Training.Comparison;

namespace FineTuning.Comparing;

/// <summary>The command <c>compare</c>.</summary>
internal static class CompareCommand
{
    private static readonly Option<string[]> Methods = new("--methods")
    {
        Description = "The methods; all by default.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. Method.All.Select(method => method.Name)],
    };

    private static readonly Option<int[]> Ranks = new("--ranks")
    {
        Description = "Compares LoRA with these ranks, each with an alpha of twice the rank, instead of the methods.", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int?> Seeds = new("--seeds") { Description = "The number of seeds; 3 by default." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "How often the mails are read; 6 by default." };
    private static readonly Option<int?> TrainMails = new("--train-mails") { Description = "Mails to learn from, half of them spam; 100 by default." };
    private static readonly Option<int?> Tokens = new("--tokens") { Description = "The tokens of a mail that are read; 64 by default." };
    private static readonly Option<bool> Quick = new("--quick") { Description = "One seed, one learning rate and 2 epochs: this tries the command." };
    private static readonly Option<bool> ReportOnly = new("--report-only") { Description = "Reports what is finished, and runs nothing." };
    private static readonly Option<string> Mails = new("--mails")
    {
        Description = "The folder with the mails, which fetch-mails.sh fetches.", DefaultValueFactory = _ => Path.Combine("samples", "FineTune", "mails"),
    };

    private static readonly Option<string?> Output = new("--output") { Description = "The folder of the result; samples/FineTune/runs/comparison by default." };
    private static readonly Option<string?> Write = new("--write") { Description = "A page into which the report is written too." };

    public static Command Create()
    {
        var command = new Command("compare", "Compares the methods, each run in a process of its own. The same command continues.")
        {
            Methods, Ranks, Seeds, Epochs, TrainMails, Tokens, Quick, ReportOnly, Mails, Output, Write,
        };
        command.Validators.Add(Check);
        command.SetAction(RunAsync);
        return command;
    }

    private static void Check(CommandResult command)
    {
        if (command.GetResult(Methods) is { Implicit: false } given
            && given.GetValueOrDefault<string[]>().Except(Method.All.Select(method => method.Name)).FirstOrDefault() is { } unknown)
            command.AddError($"There is no method \"{unknown}\". There are: {string.Join(", ", Method.All.Select(method => method.Name))}.");
        if (command.GetResult(Methods) is { Implicit: false } && command.GetResult(Ranks) is { Implicit: false })
            command.AddError("--ranks compares LoRA with itself: leave out --methods.");
        if (command.GetValue(Ranks) is { } ranks && ranks.Any(rank => rank < 1))
            command.AddError("--ranks must be at least 1.");
        if (command.GetValue(TrainMails) is { } mails && (mails < 2 || mails % 2 != 0))
            command.AddError("--train-mails must be even and at least 2: half of the mails are spam.");
        foreach (var option in new[] { Seeds, Epochs, Tokens })
        {
            if (command.GetValue(option) < 1)
                command.AddError($"{option.Name} must be at least 1.");
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var isQuick = parsed.GetValue(Quick);
            var folder = parsed.GetValue(Output) ?? Path.Combine("samples", "FineTune", "runs", isQuick ? "quick-comparison" : "comparison");
            var settings = Settings(parsed, folder);
            var plan = Plan(parsed, folder, settings);
            var result = parsed.GetValue(ReportOnly) ? Compare.Read(plan) : await CompareAsync(plan, settings, cancellationToken);
            result.WriteReport();
            Console.WriteLine(result.ToMarkdown());
            Console.WriteLine($"The report is in {plan.Folder}");
            if (parsed.GetValue(Write) is { } page)
                ComparisonPage.Write(result, page, CommandLine(parsed));
            return result.IsComplete ? 0 : 1;
        }
        catch (Exception error) when (error is DirectoryNotFoundException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. The same command continues.");
            return 1;
        }
    }

    private static async Task<ComparisonResult> CompareAsync(ComparisonPlan plan, CompareSettings settings, CancellationToken cancellationToken)
    {
        ComparedMails.Write(settings.ChosenMails, settings.Mails, settings.Data, plan.Seeds);
        return await Compare.RunAsync(plan, new Lines(), cancellationToken);
    }

    private static CompareSettings Settings(ParseResult parsed, string folder)
    {
        var settings = new CompareSettings { Mails = parsed.GetRequiredValue(Mails), ChosenMails = Path.Combine(folder, "mails") };
        return settings with
        {
            Data = parsed.GetValue(TrainMails) is { } mails ? settings.Data with { TrainPerClass = mails / 2 } : settings.Data,
            EpochCount = parsed.GetValue(Epochs) ?? (parsed.GetValue(Quick) ? 2 : settings.EpochCount),
            TokenCount = parsed.GetValue(Tokens) ?? settings.TokenCount,
        };
    }

    private static ComparisonPlan Plan(ParseResult parsed, string folder, CompareSettings settings)
    {
        var isQuick = parsed.GetValue(Quick);
        return new ComparisonPlan
        {
            Folder = folder,
            Variants = Variants(parsed, isQuick),
            Seeds = [.. Enumerable.Range(0, parsed.GetValue(Seeds) ?? (isQuick ? 1 : 3)).Select(seed => (long)seed)],
            Settings = settings.ToSettings(),
            Forgetting = "retrieval in general text, before → after",
        };
    }

    private static IReadOnlyList<Variant> Variants(ParseResult parsed, bool isQuick)
    {
        return parsed.GetValue(Ranks) is { Length: > 0 } ranks
            ? Variant("lora").Sweep(CompareSettings.Rank, [.. ranks])
            : [.. parsed.GetRequiredValue(Methods).Select(Variant)];

        Variant Variant(string name) => new(name, Rates(Method.Named(name), isQuick));
    }

    // The method's own learning rate, and a third and three times of it.
    private static double[] Rates(Method method, bool isQuick)
    {
        return isQuick ? [method.LearningRate] : [Rounded(method.LearningRate / 3), method.LearningRate, Rounded(method.LearningRate * 3)];
    }

    private static double Rounded(double rate) => double.Parse(rate.ToString("G1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // What reproduces the results, without where they are written.
    private static string CommandLine(ParseResult parsed)
    {
        var given = new Option[] { Methods, Ranks, Seeds, Epochs, TrainMails, Tokens, Quick, Mails }.Select(parsed.GetResult).OfType<OptionResult>()
            .Where(option => !option.Implicit).Select(option => string.Join(' ', option.Tokens.Select(token => token.Value).Prepend(option.Option.Name)));
        return string.Join(' ', given.Prepend("dotnet run -c Release --project samples/FineTune -- compare"));
    }

    // Progress<T> would write the lines on other threads, in any order.
    private sealed class Lines : IProgress<string>
    {
        public void Report(string value) => Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {value}");
    }
}
