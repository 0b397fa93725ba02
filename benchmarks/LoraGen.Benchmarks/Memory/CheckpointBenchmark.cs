using System.Globalization;
using LoraGen.Benchmarks.Measuring;
using Models.Llama;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Memory;

/// <summary>
/// 24 blocks of Llama's shape, with and without checkpoints: the time of a step of LoRA and of full fine-tuning, and by how much the process's memory grows in
/// a step of LoRA.
/// </summary>
internal static class CheckpointBenchmark
{
    private const int Blocks = 24;
    private const long Tokens = 256;

    private static readonly LlamaConfig Config = new()
    {
        VocabSize = 512, HiddenSize = 256, IntermediateSize = 704, NumHiddenLayers = Blocks, NumAttentionHeads = 4, NumKeyValueHeads = 4, HeadDim = 64,
    };

    private static readonly (string Name, string Value) Threshold = ("MALLOC_MMAP_THRESHOLD_", "65536");

    /// <summary>The time of a step.</summary>
    public static IEnumerable<Comparison> Times { get; } =
    [
        Time("checkpoint-24", "LoRA", LoraParameters),
        Time("checkpoint-full-24", "full fine-tuning", model => model.parameters()),
    ];

    /// <summary>Prints the memory beside each other.</summary>
    public static void Run()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("checkpoint-memory runs on Linux alone, where /proc tells a process's peak of memory.");

        var (plain, checkpointed) = (Grown("plain"), Grown("checkpointed"));
        Table.Print(
        [
            ["what", "plain", "checkpointed", "ratio"],
            [$"growth in a step, {Blocks} blocks", Text(plain), Text(checkpointed), FormattableString.Invariant($"{(double)checkpointed / plain:F3}")],
        ]);
    }

    /// <returns>By how many bytes the process's resident memory grows at most in a step.</returns>
    public static long Measure(string variant)
    {
        var step = Step(variant == "checkpointed", LoraParameters, batch: 8);
        step();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        OwnProcess.ForgetPeak();
        var before = OwnProcess.Resident("VmRSS:");
        step();
        return OwnProcess.Resident("VmHWM:") - before;
    }

    private static Comparison Time(string name, string method, Func<LlamaForCausalLM, IEnumerable<Parameter>> train)
    {
        return new(name, $"forward and backward, {Blocks} blocks, {method}", Blocks, () =>
        [
            new("plain", Step(isCheckpointed: false, train, batch: 2)),
            new("checkpointed", Step(isCheckpointed: true, train, batch: 2)),
        ]);
    }

    private static IReadOnlyList<Parameter> LoraParameters(LlamaForCausalLM model) => model.AttachLora().Parameters();

    private static Action Step(bool isCheckpointed, Func<LlamaForCausalLM, IEnumerable<Parameter>> train, long batch)
    {
        random.manual_seed(1);
        var model = new LlamaForCausalLM(Config);
        Parameter[] trained = [.. train(model)];
        var enabled = isCheckpointed ? CheckpointedBlocks.Enable(model, "layers.*") : null;
        var ids = randint(0, Config.VocabSize, [batch, Tokens], dtype: ScalarType.Int64);
        return () =>
        {
            using var scope = NewDisposeScope();
            using var grad = enable_grad();
            model.call(ids, null, null, null).mean().backward();
            foreach (var parameter in trained)
                parameter.grad = null;
            GC.KeepAlive(enabled);
        };
    }

    private static long Grown(string variant) => long.Parse(OwnProcess.Run(["--checkpoint", variant], Threshold), CultureInfo.InvariantCulture);

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}
