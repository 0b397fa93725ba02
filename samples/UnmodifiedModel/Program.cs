using LoraGen;
using UnmodifiedModel;
using static TorchSharp.torch;

// The one line: Classifier.cs stays as it is.
[assembly: Lora(typeof(Classifier), Rank = 4, Alpha = 8, Exclude = ["head"])]

random.manual_seed(1);
using var model = new Classifier(inputs: 8, width: 32, depth: 2, classes: 3);
using var lora = model.AttachLora();
Console.WriteLine(lora.Count());
foreach (var site in lora.Sites)
    Console.WriteLine(site.Path);
