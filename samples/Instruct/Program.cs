using System.CommandLine;
using Instruct;

var root = new RootCommand("Trains a language model to answer instructions.");
root.Subcommands.Add(TrainCommand.Create());
root.Subcommands.Add(SmallQwen2.Command());
return await root.Parse(args).InvokeAsync();
