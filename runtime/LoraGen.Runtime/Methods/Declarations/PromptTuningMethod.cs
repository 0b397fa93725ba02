namespace LoraGen;

/// <summary>Prompt tuning with its options, which correspond to the properties of <see cref="PromptTuningAttribute"/>.</summary>
public sealed partial record PromptTuningMethod : VirtualTokenMethod
{
    /// <inheritdoc cref="PromptTuningAttribute.Init"/>
    public PromptInit Init { get; init; }

    internal override string Label => "Prompt tuning";

    internal override string? AdapterClass => "PromptTuningAdapter";

    internal override string Contract => "IPromptable";

    internal override IReadOnlyList<ParameterSpec> Specs(long width, long layers) => [new("Prompt", [Tokens, width], VirtualTokenKeys.Table)];
}
