namespace Inference.Tokenizing;

/// <summary>Computes the tokens of a text without added tokens.</summary>
internal interface ITextModel
{
    IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <param name="text">The normalized text, never empty.</param>
    /// <param name="isFirst">Whether the whole text begins with it.</param>
    IEnumerable<int> Encode(string text, bool isFirst);
}
