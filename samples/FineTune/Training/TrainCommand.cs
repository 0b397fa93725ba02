using System.CommandLine;
using System.CommandLine.Parsing;
using FineTuning.Spam;
using LoraGen.Training.Evaluation;

namespace FineTuning.Training;

/// <summary>The command <c>train</c>.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Method = new("--method") { Required = true, Description = "The method of fine-tuning." };
    private static readonly Option<string> Mails = new("--mails")
    {
        Description = "The folder with the mails, which fetch-mails.sh fetches.", DefaultValueFactory = _ => Path.Combine("samples", "FineTune", "mails"),
    };

    private static readonly Option<string?> Output = new("--output") { Description = "The folder for the result; samples/FineTune/runs/<method> by default." };
    private static readonly Option<double?> LearningRate = new("--learning-rate") { Description = "The learning rate; one that suits the method by default." };
    private static readonly Option<int> TrainMails = new("--train-mails") { Description = "Mails to learn from, half of them spam.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "How often they are read.", DefaultValueFactory = _ => 10 };
    private static readonly Option<long> Seed = new("--seed") { Description = "The seed of the choice of mails, the head and the order.", DefaultValueFactory = _ => 0 };

    public static Command Create()
    {
        Method.AcceptOnlyFromAmong([.. Training.Method.All.Select(method => method.Name)]);
        var command = new Command("train", "Trains MiniLM to recognize spam, tests it, and saves the result.")
        {
            Method, Mails, Output, LearningRate, TrainMails, Epochs, Seed,
        };
        command.Validators.Add(Check);
        command.SetAction(RunAsync);
        return command;
    }

    private static void Check(CommandResult command)
    {
        if (Given(TrainMails) is { } mails && (mails < 2 || mails % 2 != 0))
            command.AddError("--train-mails must be even and at least 2: half of the mails are spam.");
        if (Given(Epochs) < 1)
            command.AddError("--epochs must be at least 1.");
        if (command.GetValue(LearningRate) is { } rate && !(rate > 0))
            command.AddError("--learning-rate must be above 0.");

        // While a command is validated, options that were not given don't have their default values yet.
        int? Given(Option<int> option) => command.GetResult(option) is { Implicit: false } given ? given.GetValueOrDefault<int>() : null;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var method = Training.Method.Named(parsed.GetRequiredValue(Method));
        var request = new TrainRequest
        {
            Method = method,
            Mails = parsed.GetRequiredValue(Mails),
            Output = parsed.GetValue(Output) ?? Path.Combine("samples", "FineTune", "runs", method.Name),
            LearningRate = parsed.GetValue(LearningRate),
            Data = new SpamDataOptions { TrainPerClass = parsed.GetValue(TrainMails) / 2, Seed = parsed.GetValue(Seed) },
            Epochs = parsed.GetValue(Epochs),
        };
        try
        {
            var scores = await SpamTraining.RunAsync(request, cancellationToken);
            Console.WriteLine($"{scores}; accuracy {Bootstrap.Share(scores.Correct)}");
            Console.WriteLine($"The result is in {request.Output}");
            return 0;
        }
        catch (DirectoryNotFoundException missing)
        {
            await Console.Error.WriteLineAsync(missing.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. The same command continues.");
            return 1;
        }
    }
}
