using LoraGen;
using UnmodifiedModel;
using static TorchSharp.torch;

// The only line for LoraGen: Classifier.cs is not changed.
[assembly: Lora(typeof(Classifier), Rank = 4, Alpha = 8, Exclude = ["head"])]

random.manual_seed(1);
var home = new Plant(0, 1, 2, 3, 4, 5, 6, 7);
var abroad = new Plant(5, 2, 7, 0, 3, 6, 1, 4);
using var scope = NewDisposeScope();
var homeTest = home.Measure(4000);
var abroadTest = abroad.Measure(4000);

using var model = new Classifier(Plant.Sensors, width: 32, depth: 2, Plant.States);
Training.Run(model, model.parameters(), home, steps: 600);
var before = Show("base model");
var weights = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());

using var lora = model.AttachLora();
Console.WriteLine(lora.ParameterCount);
Training.Run(model, lora.Parameters(), abroad, steps: 600);
var adapted = Show("with the adapter");
lora.Merge();
var merged = Show("merged");
lora.Detach();
var detached = Show("detached");

var failed = 0;
Check("the adapter learns the plant abroad", before.Abroad < 0.6 && adapted.Abroad > 0.85);
Check("merging changes next to nothing", Math.Abs(merged.Abroad - adapted.Abroad) < 0.002);
Check("detaching brings back the model that was", detached == before && model.state_dict().All(entry => entry.Value.Equals(weights[entry.Key])));
return failed;

(double Home, double Abroad) Show(string state)
{
    var accuracy = (Home: Training.Accuracy(model, homeTest), Abroad: Training.Accuracy(model, abroadTest));
    Console.WriteLine($"{state,-18} right at home {accuracy.Home:P1}, abroad {accuracy.Abroad:P1}");
    return accuracy;
}

void Check(string claim, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {claim}");
    failed = holds ? failed : 1;
}
