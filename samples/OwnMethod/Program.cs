using OwnMethod;
using TorchSharp.Modules;
using static TorchSharp.torch;

random.manual_seed(1);
using var scope = NewDisposeScope();
var readings = randn(512, 4);
var old = readings.sum(1, keepdim: true).sin();
var recalibrated = (old * 1.7) + 0.4;

using var model = new Network();
Train(model.parameters(), old);
var before = Loss(recalibrated);
var weights = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());

Console.WriteLine(NetworkSsf.Count(() => new Network()));
using var ssf = model.AttachSsf(new SsfMethod { Deviation = 0.01 });
Console.WriteLine($"{ssf.Hidden.Path}: gamma [{string.Join(", ", ssf.Hidden["gamma"].shape)}], beta [{string.Join(", ", ssf.Hidden["beta"].shape)}]");
Train(ssf.Parameters(), recalibrated);
var adapted = Loss(recalibrated);

var folder = Path.Combine(Path.GetTempPath(), $"own-method-{Environment.ProcessId}");
ssf.Save(folder);
ssf.Merge();
var merged = Loss(recalibrated);
ssf.Detach();
var detached = Loss(recalibrated);
using var loaded = model.AttachSsfForInference(folder, new SsfMethod { Deviation = 0.01 });
var reloaded = Loss(recalibrated);
Directory.Delete(folder, recursive: true);

var failed = 0;
Check("the adapter learns the new calibration", adapted < 0.2 * before);
Check("merging changes next to nothing", Math.Abs(merged - adapted) < 1e-5);
Check("detaching brings back the model that was", detached == before && model.state_dict().All(entry => entry.Value.Equals(weights[entry.Key])));
Check("a saved adapter computes the same", reloaded == adapted);
return failed;

void Train(IEnumerable<Parameter> parameters, Tensor target)
{
    using var optimizer = optim.AdamW(parameters, lr: 1e-2);
    for (var step = 0; step < 400; step++)
    {
        using var ofStep = NewDisposeScope();
        optimizer.zero_grad();
        nn.functional.mse_loss(model.forward(readings), target).backward();
        optimizer.step();
    }
}

double Loss(Tensor target)
{
    using var noGrad = no_grad();
    var loss = nn.functional.mse_loss(model.forward(readings), target).item<float>();
    Console.WriteLine($"loss {loss:F5}");
    return loss;
}

void Check(string claim, bool holds)
{
    Console.WriteLine($"{(holds ? "ok    " : "FAILED")} {claim}");
    failed = holds ? failed : 1;
}
