using System.Text;
using Microsoft.ML.Tokenizers;

namespace Inference.Tokenizing;

/// <summary>BERT's pieces of words, the longest first, read into the package's <see cref="WordPieceTokenizer"/>.</summary>
internal sealed class WordPieceModel : ITextModel
{
    private readonly PreTokenizers _preTokenizers;
    private readonly Dictionary<string, int> _vocabulary;
    private readonly WordPieceTokenizer _tokenizer;
    private readonly int _longest;

    public WordPieceModel(TokenizerJson part, TokenizerJson? preTokenizer)
    {
        part.With("type", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word", "vocab");
        _preTokenizers = PreTokenizers.Read(preTokenizer);
        if (_preTokenizers.IsByteLevel)
            throw preTokenizer!.Unsupported("ByteLevel for the model BPE");
        _vocabulary = Vocabulary.Read(part);
        _longest = part.Needed("max_input_chars_per_word").AsNumber();
        var unknown = part.Needed("unk_token");
        _vocabulary.Needed(unknown.AsText(), unknown);
        _tokenizer = WordPieceTokenizer.Create(Lines(part.Needed("vocab")), new WordPieceOptions
        {
            UnknownToken = unknown.AsText(),
            ContinuingSubwordPrefix = part.Needed("continuing_subword_prefix").AsText(),
            MaxInputCharsPerWord = 2 * _longest, // It counts UTF-16 code units.
        });
    }

    IReadOnlyDictionary<string, int> ITextModel.Vocabulary => _vocabulary;

    public IEnumerable<int> Encode(string text, bool isFirst)
    {
        var prepared = _preTokenizers.Prepare(text, isFirst);
        var words = _preTokenizers.Cut?.PreTokenize(prepared) ?? [(0, prepared.Length)];
        return words.SelectMany(word => EncodeWord(prepared.Substring(word.Offset, word.Length)));
    }

    private IReadOnlyList<int> EncodeWord(string word)
    {
        return word.EnumerateRunes().Count() > _longest
            ? [_tokenizer.UnknownTokenId]
            : _tokenizer.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false);
    }

    // The package reads a vocabulary as the lines of a file, and skips empty ones.
    private MemoryStream Lines(TokenizerJson part)
    {
        var lines = Enumerable.Repeat(string.Empty, _vocabulary.Values.Max() + 1).ToArray();
        foreach (var (token, number) in _vocabulary)
        {
            if (token.Length == 0 || token.AsSpan().ContainsAny('\r', '\n'))
                throw part.Unsupported("tokens of at least one character and of no line breaks");
            lines[number] = token;
        }

        return new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(string.Join('\n', lines))]);
    }
}
