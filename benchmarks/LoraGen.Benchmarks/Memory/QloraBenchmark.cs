using System.Globalization;
using LoraGen;
using LoraGen.Benchmarks.Measuring;
using Models.Qwen2;
using static TorchSharp.torch;

[assembly: Dora(typeof(Qwen2ForCausalLM), Rank = 8, Alpha = 16, Dropout = 0.05, Exclude = ["lm_head"], Checkpoint = ["model.layers.*"])]

namespace LoraGen.Benchmarks.Memory;

/// <summary>
/// DoRA with checkpointed blocks on a model that is read from a folder into 4 bits, as in samples/Qlora: the memory beside its estimate, and what a thousand
/// steps leave.
/// </summary>
internal static class QloraBenchmark
{
    private const long Batch = 1;
    private const int ManySteps = 1000;
    private const int FirstSteps = 100;

    // What glibc and the garbage collector keep for later allocations is not what the program holds: by default the latter is as much as the processor's cache.
    private static readonly (string Name, string Value)[] Environment = [("MALLOC_MMAP_THRESHOLD_", "65536"), ("DOTNET_GCgen0size", "0x400000")];

    // 147 million parameters: 589 MB in float32.
    private static readonly Qwen2Config Config = new()
    {
        VocabSize = 8192, HiddenSize = 1024, IntermediateSize = 2816, NumHiddenLayers = 10, NumAttentionHeads = 16, NumKeyValueHeads = 16, HeadDim = 64,
    };

    private static readonly Qwen2Config Small = Config with
    {
        VocabSize = 64, HiddenSize = 64, IntermediateSize = 128, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 16,
    };

    private static BaseQuantization Nf4 => new(Quantization.Nf4);

    public static void Run()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("qlora runs on Linux alone, where /proc tells a process's peak of memory.");

        var folder = Directory.CreateTempSubdirectory("loragen-qlora");
        try
        {
            Write(Config, Path.Combine(folder.FullName, "model"));
            Write(Small, Path.Combine(folder.FullName, "small"));
            Table.Print([["what", "estimate", "measured", "estimate / measured"], .. Lines(folder.FullName)]);
            Console.WriteLine(OwnProcess.Run(["--qlora-steps", folder.FullName], Environment));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Loads the model, and trains it if there are tokens.</summary>
    /// <returns>By how many bytes the process's resident memory grew at most.</returns>
    public static string Measure(string folder, long tokens)
    {
        Train(Small, Path.Combine(folder, "small"), 8, 2);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        OwnProcess.ForgetPeak();
        var before = OwnProcess.Resident("VmRSS:");
        var after = Train(Config, Path.Combine(folder, "model"), tokens, tokens > 0 ? 4 : 0);
        var grown = (tokens > 0 ? OwnProcess.Resident("VmHWM:") : after) - before;
        return grown.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Trains the small model for many steps.</summary>
    /// <returns>What is left of each after the first steps, as a sentence.</returns>
    public static string MeasureSteps(string folder)
    {
        set_num_threads(1);
        using var model = Load(Small, Path.Combine(folder, "small"));
        using var dora = model.AttachDora();
        using var optimizer = optim.AdamW(dora.Parameters(), lr: 1e-3);
        for (var step = 0; step < FirstSteps; step++)
            Step(model, optimizer, Small, 64);
        var (tensors, handles, bytes) = State();
        for (var step = FirstSteps; step < ManySteps; step++)
            Step(model, optimizer, Small, 64);
        var end = State();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"From step {FirstSteps} to {ManySteps}: {end.Tensors - tensors} tensors, {end.Handles - handles} handles, {(end.Bytes - bytes) / 1e6:F1} MB more.");

        static (long Tensors, int Handles, long Bytes) State()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            return (Tensor.TotalCount, Directory.GetFiles("/proc/self/fd").Length, OwnProcess.Resident("VmRSS:"));
        }
    }

    private static IEnumerable<string[]> Lines(string folder)
    {
        var packed = Qwen2ForCausalLMDora.EstimateMemory(Config, 1, 1, Options)[TrainingMode.Lora4].Weights;
        yield return Line("the model in 4 bits", packed, folder, 0);
        foreach (var tokens in new[] { 64L, 256, 512 })
            yield return Line($"training, {tokens} tokens", Qwen2ForCausalLMDora.EstimateMemory(Config, Batch, tokens, Options)[TrainingMode.Lora4].Peak, folder, tokens);
    }

    private static MemoryOptions Options => new()
    {
        AttentionHeads = Config.NumAttentionHeads * Config.NumHiddenLayers, QuantizedWithFloat32 = true, CheckpointEvery = 1,
    };

    private static string[] Line(string what, long estimate, string folder, long tokens)
    {
        var measured = long.Parse(OwnProcess.Run(["--qlora", folder, tokens.ToString(CultureInfo.InvariantCulture)], Environment), CultureInfo.InvariantCulture);
        return [what, Text(estimate), Text(measured), string.Create(CultureInfo.InvariantCulture, $"{(double)estimate / measured:F3}")];
    }

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");

    private static void Write(Qwen2Config config, string folder)
    {
        random.manual_seed(1);
        Directory.CreateDirectory(folder);
        using var model = new Qwen2ForCausalLM(config);
        model.SaveCheckpoint(folder);
    }

    private static Qwen2ForCausalLM Load(Qwen2Config config, string folder) =>
        Checkpoint.Load(() => new Qwen2ForCausalLM(config), folder, out _, quantization: Nf4);

    // Returns the resident memory while the model is there.
    private static long Train(Qwen2Config config, string folder, long tokens, int steps)
    {
        using var model = Load(config, folder);
        if (steps == 0)
            return OwnProcess.Resident("VmRSS:");

        using var dora = model.AttachDora();
        using var optimizer = optim.AdamW(dora.Parameters(), lr: 1e-4);
        for (var step = 0; step < steps; step++)
            Step(model, optimizer, config, tokens);
        return OwnProcess.Resident("VmRSS:");
    }

    private static void Step(Qwen2ForCausalLM model, optim.Optimizer optimizer, Qwen2Config config, long tokens)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var ids = randint(0, config.VocabSize, [Batch, tokens], dtype: ScalarType.Int64);
        nn.functional.cross_entropy(model.call(ids, null, null, null).flatten(0, 1), ids.flatten()).backward();
        optimizer.step();
    }
}
