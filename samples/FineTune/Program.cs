using FineTuning.Spam;

var data = SpamData.Choose(SpamCorpus.Read(args.Length > 0 ? args[0] : Path.Combine("samples", "FineTune", "mails")), new SpamDataOptions());
Console.WriteLine($"{data.Train.Count} mails for training, {data.Validation.Count} for validation, {data.Test.Count} for the test");
return 0;
