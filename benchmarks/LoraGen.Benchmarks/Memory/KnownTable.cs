using System.Globalization;
using LoraGen.Benchmarks.Measuring;
using LoraGen.Runtime.Tests.Models.Published;
using Models.Llama;

namespace LoraGen.Benchmarks.Memory;

/// <summary>
/// Estimates beside the table of LLaMA-Factory's README that people know. Its assumptions are not published; these are one sequence of 512 tokens, fused
/// attention, and two trained blocks where parts are frozen. What is compared is the total, without what TorchSharp's AdamW makes in a step.
/// </summary>
internal static class KnownTable
{
    private const double Tolerance = 0.15;

    private static readonly string[] Models = ["7B", "13B", "30B", "70B", "8x7B", "8x22B"];

    private static readonly (string Method, TrainingMode Mode, int[] Known)[] Rows =
    [
        ("Full, AMP", TrainingMode.FullMixed, [120, 240, 600, 1200, 900, 2400]),
        ("Full, 16", TrainingMode.Full16, [60, 120, 300, 600, 400, 1200]),
        ("Freeze, 16", TrainingMode.Frozen16, [20, 40, 80, 200, 160, 400]),
        ("LoRA, 16", TrainingMode.Lora16, [16, 32, 64, 160, 120, 320]),
        ("QLoRA, 8", TrainingMode.Lora8, [10, 20, 40, 80, 60, 160]),
        ("QLoRA, 4", TrainingMode.Lora4, [6, 12, 24, 48, 30, 96]),
        ("QLoRA, 2", TrainingMode.Lora2, [4, 8, 16, 24, 18, 48]),
    ];

    public static void Print()
    {
        MemoryEstimate[] estimates =
        [
            Llama(4096, 11008, 32, 32, 32), Llama(5120, 13824, 40, 40, 40), Llama(6656, 17920, 60, 52, 52), Llama(8192, 28672, 80, 64, 8),
            Mixtral(4096, 14336, 32, 32, 32000), Mixtral(6144, 16384, 56, 48, 32768),
        ];
        Console.WriteLine("GB, ours / known (deviation)");
        Console.WriteLine();
        var lines = Rows.Select(row => (string[])[row.Method, .. estimates.Select((estimate, i) => Cell(estimate[row.Mode], row.Known[i]))]);
        Table.Print([["method, bits", .. Models], .. lines]);
        Console.WriteLine();
        Console.WriteLine("Off by more than 15 %, GB");
        Console.WriteLine();
        Table.Print(
        [
            ["method, bits", "model", "known", "total", "weights", "gradients", "optimizer", "activations", "total without activations"],
            .. Rows.SelectMany(row => estimates.Select((estimate, i) => (row.Method, Model: Models[i], Row: estimate[row.Mode], Known: row.Known[i])))
                .Where(cell => Math.Abs(Deviation(cell.Row.Total, cell.Known)) > Tolerance)
                .Select(cell => Explanation(cell.Method, cell.Model, cell.Row, cell.Known)),
        ]);
        for (var i = 0; i < Models.Length; i++)
        {
            Console.WriteLine();
            Console.WriteLine($"{Models[i]}: {estimates[i]}");
        }
    }

    private static MemoryEstimate Llama(long hidden, long intermediate, int layers, long heads, long keyValueHeads)
    {
        var config = new LlamaConfig
        {
            VocabSize = 32000, HiddenSize = hidden, IntermediateSize = intermediate, NumHiddenLayers = layers, NumAttentionHeads = heads,
            NumKeyValueHeads = keyValueHeads, HeadDim = hidden / heads,
        };
        return LlamaForCausalLMLora.EstimateMemory(config, batch: 1, tokens: 512);
    }

    private static MemoryEstimate Mixtral(int hidden, int intermediate, int layers, int heads, int vocabulary)
    {
        var config = new MixtralConfig
        {
            HiddenSize = hidden, IntermediateSize = intermediate, NumHiddenLayers = layers, NumAttentionHeads = heads, VocabSize = vocabulary,
        };
        return MixtralLora.EstimateMemory(config, batch: 1, tokens: 512);
    }

    private static string Cell(MemoryRow row, int known)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{row.Total / 1e9:F1} / {known} ({100 * Deviation(row.Total, known):+0;-0;0} %)");
    }

    private static string[] Explanation(string method, string model, MemoryRow row, int known)
    {
        long[] bytes = [row.Total, row.Weights, row.Gradients, row.Optimizer, row.Activations, row.Total - row.Activations];
        return [method, model, $"{known}", .. bytes.Select((value, i) => Text(value) + (i == bytes.Length - 1 ? $" ({Percent(value, known)})" : ""))];
    }

    private static string Text(long bytes) => (bytes / 1e9).ToString("F1", CultureInfo.InvariantCulture);

    private static string Percent(long bytes, int known) => (100 * Deviation(bytes, known)).ToString("+0;-0;0", CultureInfo.InvariantCulture) + " %";

    private static double Deviation(long bytes, int known) => (bytes / 1e9 / known) - 1;
}
