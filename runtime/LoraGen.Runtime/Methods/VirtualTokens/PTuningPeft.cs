using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>P-tuning's keys in PEFT's <c>adapter_config.json</c>.</summary>
internal sealed class PTuningPeft(PTuningMethod method) : VirtualTokenPeft(method)
{
    private const string Encoder = "encoder_reparameterization_type";
    private const string Size = "encoder_hidden_size";
    private const string Layers = "encoder_num_layers";
    private const string Dropout = "encoder_dropout";

    public static readonly IReadOnlyList<string> Keys = [Encoder, Size, Layers, Dropout];

    public override string Type => "P_TUNING";

    protected override string InsteadOfEncoder => "load the folder into a [PromptTuning] adapter, which reads and trains the virtual tokens themselves";

    protected override IReadOnlyList<(string Key, JsonNode? Value)> Options(long width)
    {
        return
        [
            (Encoder, TypeName),
            (Size, method.EncoderSize == 0 ? width : method.EncoderSize),
            (Layers, method.EncoderLayers),
            (Dropout, method.EncoderDropout),
        ];
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, PeftContent content)
    {
        foreach (var line in base.Contradictions(config, content))
            yield return line;

        var type = config.Text(Encoder) ?? "MLP";
        if (type != TypeName)
            yield return $"{Encoder} is \"{type}\", but Encoder is {method.Encoder}";

        // The shapes of the tensors show the sizes. An MLP ignores the other two.
        if (method.Encoder == PromptEncoder.Lstm && config.Number(Dropout, 0) is var dropout && dropout != method.EncoderDropout)
            yield return $"{Dropout} is {Numbers.Text(dropout)}, but EncoderDropout is {Numbers.Text(method.EncoderDropout)}";
    }

    private string TypeName => method.Encoder == PromptEncoder.Mlp ? "MLP" : "LSTM";
}
