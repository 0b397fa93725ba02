using System.Globalization;
using LoraGen.Benchmarks.Measuring;
using Models.Llama;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Memory;

/// <summary>
/// LoRA on 24 blocks of Llama's shape, with and without checkpoints: the time of a step, and by how much the process's memory grows in it.
/// </summary>
internal static class CheckpointBenchmark
{
    private const int Blocks = 24;

    private static readonly LlamaConfig Config = new()
    {
        VocabSize = 512, HiddenSize = 256, IntermediateSize = 704, NumHiddenLayers = Blocks, NumAttentionHeads = 4, NumKeyValueHeads = 4, HeadDim = 64,
    };

    private static readonly (string Name, string Value) Threshold = ("MALLOC_MMAP_THRESHOLD_", "65536");

    /// <summary>The time of a step.</summary>
    public static Comparison Time { get; } = new("checkpoint-24", $"forward and backward, {Blocks} blocks, LoRA", Blocks, () =>
    [
        Variant("plain", isCheckpointed: false),
        Variant("checkpointed", isCheckpointed: true),
    ]);

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
        var step = Step(variant == "checkpointed", batch: 8, tokens: 256);
        step();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        OwnProcess.ForgetPeak();
        var before = OwnProcess.Resident("VmRSS:");
        step();
        return OwnProcess.Resident("VmHWM:") - before;
    }

    private static Variant Variant(string name, bool isCheckpointed) => new(name, Step(isCheckpointed, batch: 2, tokens: 256));

    private static Action Step(bool isCheckpointed, long batch, long tokens)
    {
        random.manual_seed(1);
        var model = new LlamaForCausalLM(Config);
        var lora = model.AttachLora();
        var enabled = isCheckpointed ? CheckpointedBlocks.Enable(model, "layers.*") : null;
        var ids = randint(0, Config.VocabSize, [batch, tokens], dtype: ScalarType.Int64);
        return () =>
        {
            using var scope = NewDisposeScope();
            using var grad = enable_grad();
            model.call(ids, null, null, null).mean().backward();
            foreach (var parameter in lora.Parameters())
                parameter.grad = null;
            GC.KeepAlive(enabled);
        };
    }

    private static long Grown(string variant) => long.Parse(OwnProcess.Run(["--checkpoint", variant], Threshold), CultureInfo.InvariantCulture);

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}
