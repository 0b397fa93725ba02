namespace LoraGen;

/// <summary>A method that adapts no layer, but trains virtual tokens, which the model reads before those of the text.</summary>
public abstract partial record VirtualTokenMethod : AdapterMethod
{
    internal const int DefaultTokens = 20;

    private protected VirtualTokenMethod()
    {
    }

    /// <inheritdoc cref="VirtualTokenAttribute.Tokens"/>
    public int Tokens { get; init; } = DefaultTokens;

    internal override bool HasSites => false;

    internal override string? AdapterClass => "VirtualTokenAdapter";

    internal override string Summary => $"{Numbers.Text(Tokens)} virtual tokens";

    /// <summary>The interface that the model needs.</summary>
    internal abstract string Contract { get; }

    /// <summary>Whether the virtual tokens are keys and values in the attention layers, and not embeddings.</summary>
    internal virtual bool IsPrefix => false;

    /// <summary>Returns no parameters: the adapter has them.</summary>
    protected internal sealed override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [];

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (Tokens < 1)
            yield return TooSmall(nameof(Tokens), Tokens, Numbers.Text(DefaultTokens));
    }

    /// <summary>Returns the parameters of an adapter.</summary>
    /// <param name="width">The size of an embedding, or of a layer's keys.</param>
    /// <param name="layers">The number of attention layers; 0 for a method of which the model has none.</param>
    internal abstract IReadOnlyList<ParameterSpec> Specs(long width, long layers);

    /// <summary>Whether the virtual tokens are computed from other parameters, which PEFT does not save.</summary>
    internal bool HasEncoder => Specs(1, 1)[0].PeftSuffix != VirtualTokenKeys.Table;

    private protected static ParameterSpec Spec(string name, params long[] shape) => new(name, shape, VirtualTokenKeys.Encoder + name);

    private protected static IEnumerable<ParameterSpec> Linear(string name, long outputs, long inputs)
    {
        yield return Spec(name + ".weight", outputs, inputs);
        yield return Spec(name + ".bias", outputs);
    }

    private protected static OptionFault TooSmall(string option, int value, string usual) => OutOfRange(option, value, "a number of 1 or more", usual);

    private protected static OptionFault OutOfRange(string option, object value, string range, string usual)
    {
        return OptionRule.VirtualTokensOutOfRange.Broken([option], new(option, usual), option, value, range, usual);
    }

    private protected static OptionFault WithoutEffect(string option, string why)
    {
        return OptionRule.EncoderOptionWithoutEffect.Broken([option], new(option, null), option, why);
    }
}
