namespace LoraGen;

/// <summary>How the weights of a base model's Linear layers are quantised, and which.</summary>
/// <param name="Format">The format of the weights.</param>
public sealed record BaseQuantization(Quantization Format)
{
    private const int DefaultBlock = 64;
    private const int SmallBlock = 32;
    private const int LargestBlock = 4096;
    private const string BlockOption = nameof(AdapterMethod.BaseBlockSize);
    private const string BaseOption = nameof(AdapterMethod.Base);

    private readonly int _blockSize;

    /// <summary>
    /// The number of weights that share a scale: a power of two from 32 to 4096. Default 64, and 32 for <see cref="Quantization.Nf2"/>. It has no effect for
    /// <see cref="Quantization.Int8"/>, whose blocks are the rows.
    /// </summary>
    public int BlockSize
    {
        get => _blockSize == 0 ? (Format == Quantization.Nf2 ? SmallBlock : DefaultBlock) : _blockSize;
        init => _blockSize = value;
    }

    /// <summary>
    /// Whether the scales are quantised too, to 8 bits in groups of 256. Default true. It has no effect for <see cref="Quantization.Int8"/>.
    /// </summary>
    public bool DoubleQuantization { get; init; } = true;

    /// <summary>The type in which the layers compute. Default <see cref="ComputeType.Default"/>.</summary>
    public ComputeType ComputeType { get; init; }

    /// <summary>
    /// The layers to quantise, in the form of <see cref="LayerAdapterAttribute.Targets"/>. A target that matches no Linear is an error. Default: every Linear.
    /// </summary>
    public IReadOnlyList<string> Targets { get; init => field = OptionList.Of(value); } = new OptionList<string>([]);

    /// <summary>
    /// The layers that are not quantised, in the same form. Default: <c>lm_head</c>, whose precision decides the probabilities of the tokens; transformers
    /// leaves it out too.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init => field = OptionList.Of(value); } = new OptionList<string>(["lm_head"]);

    /// <summary>The format with its options as text.</summary>
    internal string Summary => Format == Quantization.Int8
        ? "Int8, rows"
        : $"{Format}, blocks of {Numbers.Text(BlockSize)}{(DoubleQuantization ? ", double quantisation" : string.Empty)}";

    /// <summary>Returns what is wrong with the options; null if nothing is.</summary>
    internal OptionFault? Fault()
    {
        if (Format == Quantization.None)
            return new OptionFault("Format is None: name one, usually Nf4");

        return BlockSize < SmallBlock || BlockSize > LargestBlock || (BlockSize & (BlockSize - 1)) != 0
            ? OptionRule.BlockSizeInvalid.Broken([BlockOption, BaseOption], new(BlockOption, null), BlockSize)
            : null;
    }
}
