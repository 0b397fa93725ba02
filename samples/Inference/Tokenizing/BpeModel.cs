using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace Inference.Tokenizing;

/// <summary>Byte-pair encoding, read into the package's <see cref="BpeTokenizer"/>.</summary>
internal sealed class BpeModel : ITextModel
{
    private readonly PreTokenizers _preTokenizers;
    private readonly Dictionary<string, int> _vocabulary;
    private readonly int[]? _bytes; // The tokens <0x00> to <0xFF>, if a character without a token becomes its bytes.
    private readonly BpeTokenizer _tokenizer;

    public BpeModel(TokenizerJson part, TokenizerJson? preTokenizer)
    {
        part.With(
            "type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges");
        if (part.Part("dropout") is { } dropout)
            throw dropout.Unsupported("null");
        foreach (var key in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (part.Part(key) is { } affix && affix.AsText().Length > 0)
                throw affix.Unsupported("vocabularies without it");
        }

        _preTokenizers = PreTokenizers.Read(preTokenizer);
        _vocabulary = Vocabulary.Read(part);
        if (part.Flag("byte_fallback") && !_preTokenizers.IsByteLevel)
            _bytes = [.. ByteNames().Select(name => _vocabulary.Needed(name, part.Needed("byte_fallback")))];
        CheckAlphabet(part);
        _tokenizer = BpeTokenizer.Create(new BpeOptions(_vocabulary)
        {
            Merges = Merges(part).ToList(),
            PreTokenizer = _preTokenizers.Cut,
            ByteLevel = _preTokenizers.IsByteLevel,
            UnknownToken = _preTokenizers.IsByteLevel ? null : _bytes is null ? part.Text("unk_token") : ByteNames().First(),
            FuseUnknownTokens = _bytes is null && part.Flag("fuse_unk"),
            SpecialTokens = part.Flag("ignore_merges") ? WholePieces() : null,
        });
    }

    IReadOnlyDictionary<string, int> ITextModel.Vocabulary => _vocabulary;

    public IEnumerable<int> Encode(string text, bool isFirst)
    {
        var prepared = _preTokenizers.Prepare(text, isFirst);
        var isCut = _preTokenizers.Cut is not null;
        if (_bytes is null)
            return _tokenizer.EncodeToIds(prepared, isCut, considerNormalization: false);
        return _tokenizer.EncodeToTokens(prepared, out _, isCut, considerNormalization: false).SelectMany(
            token => token.Id == _bytes[0] ? Encoding.UTF8.GetBytes(prepared[token.Offset]).Select(value => _bytes[value]) : [token.Id]);
    }

    private static IEnumerable<string> ByteNames() => Enumerable.Range(0, 256).Select(value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"));

    // The package, as Hugging Face's, skips a character without a token if there is no unknown token.
    private void CheckAlphabet(TokenizerJson part)
    {
        if (_preTokenizers.IsByteLevel)
        {
            for (var value = 0; value < 256; value++)
                _vocabulary.Needed(ByteAlphabet.Write((byte)value), part.Needed("vocab"));
        }
        else if (_bytes is null)
        {
            var unknown = part.Needed("unk_token");
            _vocabulary.Needed(unknown.AsText(), unknown);
        }
    }

    private IEnumerable<string> Merges(TokenizerJson part)
    {
        var pairs = new HashSet<(string Left, string Right)>();
        foreach (var merge in part.Items("merges"))
        {
            var (left, right) = Pair(merge);
            foreach (var token in (string[])[left, right, left + right])
            {
                var number = _vocabulary.Needed(token, merge);
                if (_bytes is not null && _bytes.Contains(number))
                    throw merge.Unsupported("merges of characters that have a token, not of bytes");
            }

            if (!pairs.Add((left, right)))
                throw merge.Fault("these two are merged before");
            yield return $"{left} {right}";
        }
    }

    // As ["a", "b"], or as "a b" in older files.
    private static (string Left, string Right) Pair(TokenizerJson merge)
    {
        string[] parts = merge.Json.ValueKind == JsonValueKind.Array
            ? [.. merge.Json.EnumerateArray().Select(part => (merge with { Json = part }).AsText())]
            : merge.AsText().Split(' ');
        if (parts is not [{ Length: > 0 } left, { Length: > 0 } right])
            throw merge.Fault("two tokens were expected");
        return left.Contains(' ', StringComparison.Ordinal) || right.Contains(' ', StringComparison.Ordinal)
            ? throw merge.Unsupported("tokens without a space")
            : (left, right);
    }

    // What the package looks up before it merges: with ignore_merges a piece that is a token is not split.
    private Dictionary<string, int> WholePieces()
    {
        if (!_preTokenizers.IsByteLevel)
            return _vocabulary;

        var pieces = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, number) in _vocabulary)
        {
            var text = Encoding.UTF8.GetString(ByteAlphabet.Read(token));
            if (string.Concat(Encoding.UTF8.GetBytes(text).Select(ByteAlphabet.Write)) == token)
                pieces.Add(text, number);
        }

        return pieces;
    }
}
