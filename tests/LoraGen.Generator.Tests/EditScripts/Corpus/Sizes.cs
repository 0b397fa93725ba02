namespace Acme.Models;

/// <summary>What the models have in common.</summary>
public sealed record Sizes(int Vocabulary, int Width, int Depth)
{
    public const int Heads = 4;
    public const int DefaultRank = 6;
    public const string Everything = "*";

    public static Sizes Tiny { get; } = new(128, 32, 2);
}
