namespace QuickStart.Model;

/// <summary>How large the language model is. A token is a byte, so there is no tokenizer to train.</summary>
internal sealed record TransformerConfig
{
    public int Vocabulary { get; init; } = 256;

    public int Context { get; init; } = 64;

    public int Width { get; init; } = 128;

    public int Layers { get; init; } = 3;

    public int Heads { get; init; } = 4;
}
