using System.CommandLine;
using LoraGen.Training;

namespace Instruct;

/// <summary>The command <c>train</c>.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Model = new("--model") { Required = true, Description = "The folder of a checkpoint of a Qwen2 or Llama." };
    private static readonly Option<string> Data = new("--data") { Required = true, Description = "A file or folder of instructions or conversations." };
    private static readonly Option<string> Output = new("--output") { Required = true, Description = "The folder for the adapter and the checkpoints." };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "How often the data is read.", DefaultValueFactory = _ => 3 };
    private static readonly Option<double> Rate = new("--learning-rate")
    {
        Description = "The learning rate of AdamW.", DefaultValueFactory = _ => FineTune.Preset(FineTuneTask.Generation).LearningRate,
    };

    private static readonly Option<int> Length = new("--length") { Description = "The tokens in a row of a batch.", DefaultValueFactory = _ => 512 };
    private static readonly Option<int> Rows = new("--rows") { Description = "The rows in a batch.", DefaultValueFactory = _ => 4 };
    private static readonly Option<double> Validation = new("--validation")
    {
        Description = "The share of the conversations that are only evaluated.", DefaultValueFactory = _ => 0.1,
    };

    public static Command Create()
    {
        var command = new Command("train", "Trains a LoRA adapter on instructions or conversations, of which the answers are learned.")
        {
            Model, Data, Output, Epochs, Rate, Length, Rows, Validation,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var request = new TrainRequest(
                parsed.GetRequiredValue(Model), parsed.GetRequiredValue(Data), parsed.GetRequiredValue(Output), parsed.GetValue(Epochs),
                parsed.GetValue(Rate), parsed.GetValue(Length), parsed.GetValue(Rows), parsed.GetValue(Validation));
            await InstructionTraining.RunAsync(request, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. The same command continues.");
            return 1;
        }
        catch (Exception expected) when (expected is IOException or InvalidDataException or NotSupportedException or ArgumentException or FormatException)
        {
            // A problem with the files or the options; the message says what to do.
            await Console.Error.WriteLineAsync(expected.Message);
            return 1;
        }
    }
}
