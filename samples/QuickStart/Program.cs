using LoraGen;
using QuickStart;
using QuickStart.Model;
using QuickStart.Text;
using Spectre.Console;
using TorchSharp;
using static TorchSharp.torch;

const string Prompt = "public sealed class ";

var report = new Report();
random.manual_seed(1);
set_num_threads(1); // Matrices this small gain little from more threads, which are much slower on a busy machine.
var device = cuda.is_available() ? CUDA : CPU;

var repository = Repository.Find();
var prose = new Corpus("prose", repository.Prose());
var code = new Corpus("C#", repository.Code());
AnsiConsole.WriteLine($"{prose}\n{code}\non {device}\n");

// What an adapter will train, from the constructor's arguments: no weight exists yet.
var config = new TransformerConfig();
var counted = LanguageModelLora.Count(config);
AnsiConsole.WriteLine($"{counted}\n");

// The base model: a small GPT that learns English prose. None of this uses LoraGen.
using var model = new LanguageModel(config).to(device);
new Training("base model on prose", Steps: 450, LearningRate: 5e-3).Run(model, [.. model.parameters()], prose);

var examiner = new Examiner(model, prose, code, device);
var before = examiner.Observe("base model");
var proseWriter = Writer.Continue(model, Prompt, bytes: 160, device);

// The adapter: from the [Lora] on LanguageModel the generator wrote AttachLora and a type whose properties are the model's layers.
// The base model is frozen now; only A and B of each targeted layer learn C#.
var lesson = new Training("adapter on C#", Steps: 300, LearningRate: 1e-2);
random.manual_seed(2);
using var lora = model.AttachLora();
var b = lora.Blocks[0].Attention.QProj.B;
AnsiConsole.WriteLine($"lora.Blocks[0].Attention.QProj.B is [{string.Join(", ", b.shape)}], one of {lora.Parameters().Count} matrices that train\n");
lesson.Run(model, lora.Parameters(), code);

var adapted = examiner.Observe("with the adapter");
var codeWriter = Writer.Continue(model, Prompt, bytes: 160, device);

// One model in all the states that an adapter can set.
lora.IsActive = false;
var off = examiner.Observe("adapter off");
lora.IsActive = true;
lora.Merge();
var merged = examiner.Observe("merged");
lora.Unmerge();
var unmerged = examiner.Observe("unmerged");
lora.Detach();
var detached = examiner.Observe("detached");

// The same lesson on the base model in 4 bits (QLoRA).
AnsiConsole.WriteLine($"{model.Quantize(new BaseQuantization(Quantization.Nf4) { Exclude = ["head"] })}\n");
random.manual_seed(2);
using var qlora = model.AttachLora();
lesson.Run(model, qlora.Parameters(), code);
var inFourBits = examiner.Observe("4-bit base, its adapter");

Report.Losses([before, adapted, off, merged, unmerged, detached, inFourBits]);
Report.Sample("The base model, prompted for C#", proseWriter);
Report.Sample("With the adapter", codeWriter);
Report.Title("What was claimed");
report.Check("what was counted before there was a weight is what trains", lora.ParameterCount == counted);
report.Check("the adapter lowers the held-out loss on C# by more than 0.3 nats a byte", before.CodeLoss - adapted.CodeLoss > 0.3);
report.Check("the adapter leaves the base weights alone, to the bit", adapted.HasWeightsOf(before));
report.Check("off: the weights and logits of before, to the bit", off.HasWeightsOf(before) && off.HasLogitsOf(before));
report.Check("merged: other weights", !merged.HasWeightsOf(before));
var difference = merged.LargestLogitDifference(adapted);
report.Check($"merged: the adapted logits within rounding (largest difference {difference:G2})", difference < 1e-3);
report.Check("unmerged: the weights of before and the adapted logits, to the bit", unmerged.HasWeightsOf(before) && unmerged.HasLogitsOf(adapted));
report.Check("detached: the weights and logits of before, to the bit", detached.HasWeightsOf(before) && detached.HasLogitsOf(before));
report.Check("on the base in 4 bits: the adapted loss on C# within 2 %", Math.Abs(inFourBits.CodeLoss - adapted.CodeLoss) < 0.02 * adapted.CodeLoss);
report.Cost();
return report.ExitCode;
