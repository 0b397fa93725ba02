using System.Globalization;
using LoraGen.Benchmarks.Measuring;
using Models.Llama;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Memory;

/// <summary>Trains a model of Llama's shape for some steps, in a process that does nothing else.</summary>
internal static class TrainedProcess
{
    private const int Steps = 4;

    /// <summary>145 million parameters: 581 MB in float32.</summary>
    public static readonly LlamaConfig Config = new()
    {
        VocabSize = 8192, HiddenSize = 1024, IntermediateSize = 2816, NumHiddenLayers = 10, NumAttentionHeads = 16, NumKeyValueHeads = 16, HeadDim = 64,
    };

    private static readonly LlamaConfig Small = Config with { VocabSize = 64, HiddenSize = 64, IntermediateSize = 64, NumHiddenLayers = 1, HeadDim = 4 };

    /// <param name="order">The mode, the batch, the tokens.</param>
    /// <returns>By how many bytes the process's resident memory grew at most.</returns>
    public static long Measure(string[] order)
    {
        var mode = Enum.Parse<TrainingMode>(order[0]);
        var (batch, tokens) = (long.Parse(order[1], CultureInfo.InvariantCulture), long.Parse(order[2], CultureInfo.InvariantCulture));

        // What it takes to compile the code and to start the libraries is not asked for.
        Train(Small, mode, 1, 8);
        OwnProcess.ForgetPeak();
        var before = OwnProcess.Resident("VmRSS:");
        Train(Config, mode, batch, tokens);
        return OwnProcess.Resident("VmHWM:") - before;
    }

    private static void Train(LlamaConfig config, TrainingMode mode, long batch, long tokens)
    {
        using var model = new LlamaForCausalLM(config);
        using var lora = mode == TrainingMode.Lora32 ? model.AttachLora() : null;
        using var optimizer = optim.AdamW(lora?.Parameters() ?? model.parameters(), lr: 1e-4);
        model.train();
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var ids = randint(0, config.VocabSize, [batch, tokens], dtype: ScalarType.Int64);
            var logits = model.call(ids, null, null, null);
            var loss = nn.functional.cross_entropy(logits.flatten(0, 1), ids.flatten());
            loss.backward();
            optimizer.step();
        }
    }
}
