using Microsoft.ML.Tokenizers;

namespace Inference.Tokenizing;

/// <summary>Cuts a text, and the pieces again. The package's <c>CompositePreTokenizer</c> does not cut the pieces of an earlier step.</summary>
internal sealed class SequencePreTokenizer(IReadOnlyList<PreTokenizer> steps) : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        return steps.Aggregate((IEnumerable<(int Offset, int Length)>)[(0, text.Length)], (pieces, step) => pieces.SelectMany(
            piece => step.PreTokenize(text.Substring(piece.Offset, piece.Length)).Select(part => (piece.Offset + part.Offset, part.Length))));
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => PreTokenize(text.ToString());
}
