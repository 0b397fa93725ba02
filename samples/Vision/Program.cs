using LoraGen;
using LoraGen.Training;
using LoraGen.Training.Evaluation;
using Vision.ResNet;
using Vision.Shapes;
using Vision.Training;
using static TorchSharp.torch;

const int Size = 64;
const double Tolerance = 1e-3;
var folder = args is [var given] ? given : Path.Combine("samples", "Vision", "runs");
var (adapterFolder, mergedFolder) = (Path.Combine(folder, "adapter"), Path.Combine(folder, "merged"));

using var preprocessing = new Preprocessing(Size);
var (images, labels) = ShapeImages.Draw(preprocessing, count: 800, Size, seed: 1);
var (otherImages, otherLabels) = ShapeImages.Draw(preprocessing, count: 500, Size, seed: 2);
var train = new TensorBatches(images, labels, batchSize: 32, seed: 1);
var others = new TensorBatches(otherImages, otherLabels, batchSize: 100, seed: null);
using var shown = others.Epoch(0).First();

random.manual_seed(1);
using var bare = new ShapeClassifier(ResNet18Package.Load());
var headAlone = await Train("the head alone", bare, null, bare.HeadAlone());

random.manual_seed(1);
using var model = new ShapeClassifier(ResNet18Package.Load());
using var lora = model.AttachLora();
Console.WriteLine(lora.ParameterCount);
var adapted = await Train("LoRA and the head", model, lora, lora.Parameters());
var gain = Bootstrap.Difference(headAlone.Correct, adapted.Correct);
Console.WriteLine($"difference: {gain}");

using var before = Logits(model);
lora.Save(adapterFolder);
lora.Merge();
using var merged = Logits(model);
model.SaveCheckpoint(mergedFolder);

using var fresh = new ShapeClassifier(ResNet18Package.Load());
using var loaded = fresh.AttachLoraForInference(adapterFolder);
using var fromAdapter = Logits(fresh);
using var plain = new ShapeClassifier(new ResNet18());
plain.LoadCheckpoint(mergedFolder);
using var fromCheckpoint = Logits(plain);

var failed = 0;
Check("the adapter and the head learn more than the head alone", gain.Low > 0);
Check($"merging changes no logit by more than {Tolerance}", Difference(before, merged) <= Tolerance);
Check("the saved adapter gives a new model the same logits", Difference(before, fromAdapter) == 0);
Check("the saved model has the merged logits", Difference(merged, fromCheckpoint) == 0);
return failed;

async Task<ClassificationScores> Train(string name, ShapeClassifier model, AdapterBase? adapter, IEnumerable<TorchSharp.Modules.Parameter> parameters)
{
    using (var report = new ConsoleReport("images"))
        await ShapeTraining.RunAsync(model, adapter, parameters, train, epochs: 4, report);
    var scores = ShapeTraining.Test(model, others);
    Console.WriteLine($"{name}: accuracy {Bootstrap.Share(scores.Correct)} on images that it has not seen");
    return scores;
}

Tensor Logits(ShapeClassifier model)
{
    using var noGrad = no_grad();
    model.eval();
    return model.call(shown.Inputs);
}

double Difference(Tensor first, Tensor second)
{
    using var scope = NewDisposeScope();
    var difference = (first - second).abs().max().item<float>();
    Console.WriteLine($"largest difference of a logit: {difference:G3}");
    return difference;
}

void Check(string claim, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {claim}");
    failed = holds ? failed : 1;
}
