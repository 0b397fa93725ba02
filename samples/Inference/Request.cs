namespace Inference;

/// <summary>The request from the command line.</summary>
internal sealed record Request
{
    public required string Model { get; init; }

    public string? Adapter { get; init; }

    /// <summary>The text; null if <see cref="Ids"/> are given.</summary>
    public string? Prompt { get; init; }

    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Whether the logits of the given tokens are shown and nothing is generated.</summary>
    public bool Logits { get; init; }

    public int MaxTokens { get; init; }

    /// <summary>Null for greedy decoding.</summary>
    public double? Temperature { get; init; }

    public double TopP { get; init; }

    public ulong Seed { get; init; }
}
