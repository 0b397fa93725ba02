using System.Globalization;
using System.Text;

namespace LoraGen;

/// <summary>The memory of training a model, by mode, estimated from the shapes of its parameters by the formula below.</summary>
/// <remarks>
/// The activations of a token are, in elements: for a weight matrix [out, in] its input, its output and what the next operation makes of the output (a
/// nonlinearity, a rotation, a sum), in + 2·out; for an Embedding its output; for a module with only vectors, such as a norm, 3 of the longest: centred or
/// squared, normalised, scaled. That is times batch × tokens, whichever layers a token really passes (experts: all of them; convolutions: a token is a
/// position of the output), and 3 · heads · batch · tokens² for <see cref="MemoryOptions.AttentionHeads"/>. An adapter adds for each site the rank, or twice
/// the width of a bottleneck; with dropout twice the layer's input, for VeRA once; for DoRA and VeRA the layer's output; and where the base model is narrower
/// than the adapter also the layer's input in the adapter's type, except for VeRA. OFT adds only the latter. Elements have 4 bytes in float32, otherwise 2. Not
/// counted: buffers, user-defined layers with weights that are not parameters, functions that use a weight a second time (a tied head without a separate
/// layer), the weights that GLoRA computes in a call. With <see cref="MemoryOptions.CheckpointEvery"/> the
/// input of each group of blocks is counted, in elements the columns of its first matrix, and the results of the largest group.
/// </remarks>
public sealed class MemoryEstimate
{
    private static readonly (TrainingMode Mode, string Method, string Bits)[] Names =
    [
        (TrainingMode.Full32, "Full", "32"), (TrainingMode.FullMixed, "Full", "AMP"), (TrainingMode.Full16, "Full", "16"), (TrainingMode.Frozen16, "Freeze", "16"),
        (TrainingMode.Lora32, "LoRA", "32"), (TrainingMode.Lora16, "LoRA", "16"), (TrainingMode.Lora8, "QLoRA", "8"), (TrainingMode.Lora4, "QLoRA", "4"),
        (TrainingMode.Lora2, "QLoRA", "2"),
    ];

    internal MemoryEstimate(long batch, long tokens, MemoryOptions options, IReadOnlyList<MemoryRow> rows)
    {
        Batch = batch;
        Tokens = tokens;
        Options = options;
        Rows = rows;
    }

    /// <summary>Sequences in a step.</summary>
    public long Batch { get; }

    /// <summary>Tokens in a sequence.</summary>
    public long Tokens { get; }

    /// <summary>The other assumptions.</summary>
    public MemoryOptions Options { get; }

    /// <summary>One row per mode, in the order of <see cref="TrainingMode"/>.</summary>
    public IReadOnlyList<MemoryRow> Rows { get; }

    /// <summary>The row of a mode.</summary>
    public MemoryRow this[TrainingMode mode] => Rows.Single(row => row.Mode == mode);

    /// <summary>The table, in GB of 10⁹ bytes.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"GB for batch {Batch}, {Tokens} tokens, AdamW; ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Options.AttentionHeads} attention heads with score matrices, {Options.TrainedBlocks} blocks trained under Freeze\n");
        text.Append("method  bits   weights  gradients  optimizer  activations     total  temporaries      peak");
        foreach (var row in Rows)
        {
            var (_, method, bits) = Names.Single(name => name.Mode == row.Mode);
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{method,-6}  {bits,4}  {Text(row.Weights),8}  {Text(row.Gradients),9}  {Text(row.Optimizer),9}  ");
            text.Append(CultureInfo.InvariantCulture, $"{Text(row.Activations),11}  {Text(row.Total),8}  {Text(row.Temporaries),11}  {Text(row.Peak),8}");
        }

        return text.ToString();

        static string Text(long bytes) => (bytes / 1e9).ToString("F2", CultureInfo.InvariantCulture);
    }
}
