using System.CommandLine;
using FineTuning.Comparing;
using FineTuning.Training;
using LoraGen.Training.Comparison;

// The command "compare" starts this program again for each run.
if (Compare.IsRun(args))
    return await Compare.MeasureAsync(args, SpamMeasurement.MeasureAsync);

var root = new RootCommand("Fine-tunes all-MiniLM-L6-v2 to recognize spam.");
root.Subcommands.Add(TrainCommand.Create());
root.Subcommands.Add(CompareCommand.Create());
return await root.Parse(args).InvokeAsync();
