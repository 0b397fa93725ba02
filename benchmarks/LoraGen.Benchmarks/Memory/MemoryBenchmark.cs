using System.Globalization;
using LoraGen.Benchmarks.Measuring;
using Models.Llama;

namespace LoraGen.Benchmarks.Memory;

/// <summary>
/// The estimate of memory beside the growth of a process that trains. By default glibc keeps blocks of up to 32 MB that were freed, and reuses them where
/// they happen to fit; with a threshold that stays it gives them back, and the growth is what the program holds.
/// </summary>
internal static class MemoryBenchmark
{
    private static readonly (string Name, string Value) Threshold = ("MALLOC_MMAP_THRESHOLD_", "1048576");

    public static void Run()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("memory runs on Linux alone, where /proc tells a process's peak of memory.");

        Table.Print([["what", "estimate", "measured", "estimate / measured", "glibc's default", "estimate / that"], .. Cases().Select(Line)]);
    }

    private static IEnumerable<(TrainingMode Mode, long Batch, long Tokens)> Cases()
    {
        foreach (var mode in new[] { TrainingMode.Full32, TrainingMode.Lora32 })
        {
            yield return (mode, 1, 64);
            yield return (mode, 1, 256);
            yield return (mode, 4, 64);
        }
    }

    private static string[] Line((TrainingMode Mode, long Batch, long Tokens) training)
    {
        var (mode, batch, tokens) = training;
        var config = TrainedProcess.Config;
        var options = new MemoryOptions { AttentionHeads = config.NumAttentionHeads * config.NumHiddenLayers };
        var estimate = LlamaForCausalLMLora.EstimateMemory(config, batch, tokens, options)[mode].Peak;
        string[] order = ["--memory", .. FormattableString.Invariant($"{mode} {batch} {tokens}").Split(' ')];
        var held = Bytes(OwnProcess.Run(order, Threshold));
        var grown = Bytes(OwnProcess.Run(order));
        return [$"{mode}, batch {batch}, {tokens} tokens", Text(estimate), Text(held), Ratio(estimate, held), Text(grown), Ratio(estimate, grown)];
    }

    private static long Bytes(string line) => long.Parse(line, CultureInfo.InvariantCulture);

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");

    private static string Ratio(long estimate, long measured) => string.Create(CultureInfo.InvariantCulture, $"{(double)estimate / measured:F3}");
}
