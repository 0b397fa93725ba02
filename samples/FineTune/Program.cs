using System.CommandLine;
using FineTuning.Training;

var root = new RootCommand("Fine-tunes all-MiniLM-L6-v2 to recognize spam.");
root.Subcommands.Add(TrainCommand.Create());
return await root.Parse(args).InvokeAsync();
