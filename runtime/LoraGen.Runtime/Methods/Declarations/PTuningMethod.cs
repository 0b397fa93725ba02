namespace LoraGen;

/// <summary>P-tuning with its options, which correspond to the properties of <see cref="PTuningAttribute"/>.</summary>
public sealed partial record PTuningMethod : VirtualTokenMethod
{
    internal const int DefaultEncoderLayers = 2;

    /// <inheritdoc cref="PTuningAttribute.Encoder"/>
    public PromptEncoder Encoder { get; init; }

    /// <inheritdoc cref="PTuningAttribute.EncoderSize"/>
    public int EncoderSize { get; init; }

    /// <inheritdoc cref="PTuningAttribute.EncoderLayers"/>
    public int EncoderLayers { get; init; } = DefaultEncoderLayers;

    /// <inheritdoc cref="PTuningAttribute.EncoderDropout"/>
    public double EncoderDropout { get; init; }

    internal override string Label => "P-tuning";

    internal override string Contract => "IPromptable";

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        if (EncoderSize < 0)
            yield return TooSmall(nameof(EncoderSize), EncoderSize, "128");
        if (EncoderLayers < 1)
            yield return TooSmall(nameof(EncoderLayers), EncoderLayers, "2");
        if (EncoderDropout is not (>= 0 and < 1))
            yield return OutOfRange(nameof(EncoderDropout), EncoderDropout, "a probability from 0 to below 1", "0.1");
        if (Encoder == PromptEncoder.Mlp && EncoderLayers is > 0 and not DefaultEncoderLayers)
            yield return WithoutEffect(nameof(EncoderLayers), "the encoder is an MLP, whose layers are always three");
        if (Encoder == PromptEncoder.Mlp && EncoderDropout > 0)
            yield return WithoutEffect(nameof(EncoderDropout), "the encoder is an MLP, which has no dropout");
        if (Encoder == PromptEncoder.Lstm && EncoderLayers == 1 && EncoderDropout > 0)
            yield return WithoutEffect(nameof(EncoderDropout), "dropout acts between the layers of the LSTM, and EncoderLayers is 1");
    }

    internal override IReadOnlyList<ParameterSpec> Specs(long width, long layers)
    {
        var size = EncoderSize == 0 ? width : EncoderSize;
        return Encoder == PromptEncoder.Mlp
            ?
            [
                new("Embedding", [Tokens, width], "prompt_encoder.embedding.weight"),
                .. Linear("mlp_head.0", size, width),
                .. Linear("mlp_head.2", size, size),
                .. Linear("mlp_head.4", width, size),
            ]
            :
            [
                new("Embedding", [Tokens, width], "prompt_encoder.embedding.weight"),
                .. Enumerable.Range(0, EncoderLayers).SelectMany(layer => Lstm(layer, layer == 0 ? width : 2 * size, size)),
                .. Linear("mlp_head.0", 2 * size, 2 * size),
                .. Linear("mlp_head.2", width, 2 * size),
            ];
    }

    /// <summary>The name of one of an LSTM layer's parameters.</summary>
    internal static string LstmName(string kind, int layer, bool isReverse)
    {
        return $"lstm_head.{kind}_l{Numbers.Text(layer)}{(isReverse ? "_reverse" : string.Empty)}";
    }

    private static IEnumerable<ParameterSpec> Lstm(int layer, long inputs, long size)
    {
        foreach (var isReverse in new[] { false, true })
        {
            yield return Spec(LstmName("weight_ih", layer, isReverse), 4 * size, inputs);
            yield return Spec(LstmName("weight_hh", layer, isReverse), 4 * size, size);
            yield return Spec(LstmName("bias_ih", layer, isReverse), 4 * size);
            yield return Spec(LstmName("bias_hh", layer, isReverse), 4 * size);
        }
    }
}
