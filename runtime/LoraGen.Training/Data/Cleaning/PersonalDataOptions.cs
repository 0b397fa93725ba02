namespace LoraGen.Training.Cleaning;

/// <summary>What <see cref="PersonalDataFilter"/> replaces, and with what. A null replacement leaves that kind in the text.</summary>
public sealed record PersonalDataOptions
{
    /// <summary>What mail addresses become. Default: <c>[EMAIL]</c>.</summary>
    public string? Mail { get; init; } = "[EMAIL]";

    /// <summary>What telephone numbers become. Default: <c>[PHONE]</c>.</summary>
    public string? Telephone { get; init; } = "[PHONE]";

    /// <summary>What payment-card numbers become. Default: <c>[CARD]</c>.</summary>
    public string? Card { get; init; } = "[CARD]";

    /// <summary>What the names become. Default: <c>[NAME]</c>.</summary>
    public string? Name { get; init; } = "[NAME]";

    /// <summary>The names to replace, as whole words in any case. Default: none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}
