using LoraGen;
using Models.Qwen2;
using Qlora;
using static TorchSharp.torch;

[assembly: Dora(typeof(Qwen2ForCausalLM), Rank = 8, Alpha = 16, Dropout = 0.05, Exclude = ["lm_head"], Checkpoint = ["model.layers.*"])]

var folder = args.Length > 0 ? args[0] : SmallCheckpoint.Write();
var config = Qwen2Config.Read(folder);
var options = new MemoryOptions { AttentionHeads = config.NumAttentionHeads * config.NumHiddenLayers, QuantizedWithFloat32 = true, CheckpointEvery = 1 };
Console.WriteLine($"expected: {Qwen2ForCausalLMDora.EstimateMemory(config, 1, Lesson.Length, options)[TrainingMode.Lora4].Peak / 1e6:F0} MB");

using var model = Checkpoint.Load(() => new Qwen2ForCausalLM(config), folder, out var report, quantization: new BaseQuantization(Quantization.Nf4));
Console.WriteLine(report.Quantization);
using (var dora = model.AttachDora())
{
    Console.WriteLine(dora.ParameterCount);
    using var optimizer = optim.AdamW(dora.Parameters(), lr: 5e-3);
    foreach (var (ids, next) in Lesson.Batches(steps: 120))
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        nn.functional.cross_entropy(model.call(ids, null, null, null)[0], next).backward();
        optimizer.step();
    }

    dora.Save("qlora-adapter", baseModel: folder);
}

using var served = model.AttachDoraForInference("qlora-adapter");
return Lesson.IsLearned(model) ? 0 : 1;
