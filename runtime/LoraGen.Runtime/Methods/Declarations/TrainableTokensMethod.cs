namespace LoraGen;

/// <summary>Trainable tokens with their option, which corresponds to the property of <see cref="TrainableTokensAttribute"/>.</summary>
public sealed partial record TrainableTokensMethod : MergeableMethod
{
    /// <inheritdoc cref="TrainableTokensAttribute.Tokens"/>
    public IReadOnlyList<int> Tokens { get; init => field = OptionList.Of(value); } = new OptionList<int>([]);

    internal override string Label => "trainable tokens";

    internal override string Summary => Tokens.Count == 1 ? $"token {Numbers.Text(Tokens[0])}" : $"{Numbers.Text(Tokens.Count)} tokens";

    internal override string FloatBase => "trainable tokens start from rows of the float weight";

    internal override string RequiredChoice => "Targets";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return [new("Rows", [Tokens.Count, WidthOf(layer)], ".trainable_tokens_delta")];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Kind == LayerKind.Convolution)
            return new OptionFault($"trainable tokens are rows of an Embedding or of a Linear, but the layer is a {layer.Name}. Leave it out of the targets");

        return Tokens.Where(token => token >= RowsOf(layer)).Select(token => new OptionFault(
            $"Tokens has {token}, but the {layer.Name} has {RowsOf(layer)} rows, numbered from 0. Enlarge the layer for new tokens, or correct the number")
        {
            Options = [nameof(Tokens)],
        }).FirstOrDefault();
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (Tokens.Count == 0)
            yield return OptionRule.TokensInvalid.Broken([nameof(Tokens)], null, "is empty, so nothing would be trained", "name the rows to train");
        if (Tokens.Where(token => token < 0).Select(token => (int?)token).FirstOrDefault() is { } negative)
            yield return OptionRule.TokensInvalid.Broken([nameof(Tokens)], null, $"has {negative}", "rows are numbered from 0");
        if (Tokens.GroupBy(token => token).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            yield return OptionRule.TokensInvalid.Broken([nameof(Tokens)], null, $"has {repeated.Key} more than once", "name each row once");
    }

    private static long WidthOf(LayerFacts layer) => layer.Kind == LayerKind.Embedding ? layer.Outputs : layer.Inputs;

    private static long RowsOf(LayerFacts layer) => layer.Kind == LayerKind.Embedding ? layer.Inputs : layer.Outputs;
}
