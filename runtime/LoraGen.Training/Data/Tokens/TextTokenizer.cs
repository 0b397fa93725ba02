using Microsoft.ML.Tokenizers;

namespace LoraGen.Training.Tokens;

/// <summary>Converts texts to tokenized examples, with any tokenizer.</summary>
public sealed class TextTokenizer
{
    private readonly Func<string, IReadOnlyList<int>> _encode;

    /// <summary>Creates it for a function that encodes texts.</summary>
    /// <param name="encode">The tokens of a text; special tokens in the text, such as <c>&lt;|im_end|&gt;</c>, become their one token.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="encode"/> adds tokens around texts, such as a first one. An example consists of several texts, so that must be turned off.
    /// </exception>
    public TextTokenizer(Func<string, IReadOnlyList<int>> encode)
    {
        ArgumentNullException.ThrowIfNull(encode);
        if (encode(string.Empty) is { Count: > 0 } added)
        {
            throw new ArgumentException(
                $"The tokenizer adds the tokens {string.Join(", ", added)} to an empty text. Turn that off or remove them, and set {nameof(Beginning)} and {nameof(End)}.",
                nameof(encode));
        }

        _encode = encode;
    }

    /// <summary>Creates it for a tokenizer of Microsoft.ML.Tokenizers.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <exception cref="ArgumentException">The tokenizer adds tokens around texts.</exception>
    public TextTokenizer(Tokenizer tokenizer)
        : this(Encoder(tokenizer))
    {
    }

    /// <summary>The token that <see cref="Document"/> and <see cref="PromptAndAnswer"/> begin with; null (the default) for none.</summary>
    public int? Beginning { get; init; }

    /// <summary>The token that <see cref="Document"/> and <see cref="PromptAndAnswer"/> end with, and which is learned; null (the default) for none.</summary>
    public int? End { get; init; }

    /// <summary>An example whose tokens are all learned.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text has no token.</exception>
    public TokenizedExample Document(string text) => Around([new TextPiece(text, true)]);

    /// <summary>
    /// An example whose answer is learned. The two are encoded separately, as in generation, where the answer's tokens follow those of the prompt.
    /// </summary>
    /// <param name="prompt">The prompt, with the white space or the line break that ends it.</param>
    /// <param name="answer">The answer.</param>
    /// <exception cref="ArgumentException">Both are empty.</exception>
    public TokenizedExample PromptAndAnswer(string prompt, string answer) => Around([new TextPiece(prompt, false), new TextPiece(answer, true)]);

    /// <summary>
    /// An example of the pieces of a chat template, without <see cref="Beginning"/> and <see cref="End"/>. Neighbours that are both learned or both not are
    /// encoded as one text, so that tokens span pieces but never the border between a prompt and an answer.
    /// </summary>
    /// <param name="pieces">The pieces in order.</param>
    /// <exception cref="ArgumentException">The pieces have no token.</exception>
    public TokenizedExample Encode(IEnumerable<TextPiece> pieces) => Encode(pieces, null, null);

    private static Func<string, IReadOnlyList<int>> Encoder(Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return text => tokenizer.EncodeToIds(text);
    }

    private TokenizedExample Around(TextPiece[] pieces) => Encode(pieces, Beginning, End);

    private TokenizedExample Encode(IEnumerable<TextPiece> pieces, int? beginning, int? end)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var ids = new List<int>();
        var learned = new List<bool>();
        Add(beginning, isLearned: false);
        foreach (var piece in Joined(pieces))
        {
            var tokens = _encode(piece.Text);
            ids.AddRange(tokens);
            learned.AddRange(Enumerable.Repeat(piece.IsLearned, tokens.Count));
        }

        Add(end, isLearned: true);
        return new TokenizedExample(ids.ToArray(), learned.ToArray());

        void Add(int? token, bool isLearned)
        {
            if (token is not { } id)
                return;
            ids.Add(id);
            learned.Add(isLearned);
        }
    }

    private static List<TextPiece> Joined(IEnumerable<TextPiece> pieces)
    {
        var joined = new List<TextPiece>();
        foreach (var piece in pieces)
        {
            if (joined.Count > 0 && joined[^1].IsLearned == piece.IsLearned)
                joined[^1] = piece with { Text = joined[^1].Text + piece.Text };
            else
                joined.Add(piece);
        }

        return joined;
    }
}
