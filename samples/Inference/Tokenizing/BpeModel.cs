using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Inference.Tokenizing;

/// <summary>The vocabulary and its merges: a piece of text to tokens.</summary>
internal sealed class BpeModel
{
    private readonly TokenizerJson _part;
    private readonly Dictionary<string, int> _vocabulary;
    private readonly BytePairs _pairs;
    private readonly int? _unknown;
    private readonly bool _fusesUnknown;
    private readonly bool _fallsBackToBytes;
    private readonly bool _takesWholePieces;

    public BpeModel(TokenizerJson part)
    {
        if ((part.Text("type") ?? "BPE") != "BPE")
            throw part.Unsupported($"the model {part.Type}", "BPE");
        foreach (var affix in (string[])["continuing_subword_prefix", "end_of_word_suffix"])
        {
            if (!string.IsNullOrEmpty(part.Text(affix)))
                throw part.Unsupported(affix, "vocabularies without it");
        }

        _part = part;
        var vocabulary = part.Needed("vocab");
        if (vocabulary.Json.ValueKind != JsonValueKind.Object)
            throw vocabulary.Fault("expected an object");
        _vocabulary = vocabulary.Json.EnumerateObject().ToDictionary(
            entry => entry.Name, entry => new TokenizerJson($"{vocabulary.Place}.{entry.Name}", entry.Value).AsNumber(), StringComparer.Ordinal);
        _pairs = new BytePairs(ReadMerges());
        _unknown = part.Text("unk_token") is { } unknown ? Needed(unknown, part) : null;
        _fusesUnknown = part.Flag("fuse_unk");
        _fallsBackToBytes = part.Flag("byte_fallback");
        _takesWholePieces = part.Flag("ignore_merges");
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public IEnumerable<int> Encode(string piece)
    {
        return _takesWholePieces && _vocabulary.TryGetValue(piece, out var whole) ? [whole] : _pairs.Merge(Symbols(piece));
    }

    // The tokens of the single characters.
    private List<int> Symbols(string piece)
    {
        var symbols = new List<int>(piece.Length);
        var wasUnknown = false;
        foreach (var rune in piece.EnumerateRunes())
        {
            var text = rune.ToString();
            var isUnknown = false;
            if (_vocabulary.TryGetValue(text, out var token))
            {
                symbols.Add(token);
            }
            else if (_fallsBackToBytes && Bytes(text) is { } bytes)
            {
                symbols.AddRange(bytes);
            }
            else
            {
                isUnknown = true;
                if (!_fusesUnknown || !wasUnknown)
                    symbols.Add(_unknown ?? throw _part.Fault($"the text has \"{text}\" (U+{rune.Value:X4}), which is in no token, and there is no unk_token"));
            }

            wasUnknown = isUnknown;
        }

        return symbols;
    }

    private int[]? Bytes(string text)
    {
        var names = Encoding.UTF8.GetBytes(text).Select(value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>")).ToArray();
        return names.All(_vocabulary.ContainsKey) ? [.. names.Select(name => _vocabulary[name])] : null;
    }

    private Dictionary<(int Left, int Right), (int Rank, int Token)> ReadMerges()
    {
        var merges = new Dictionary<(int Left, int Right), (int Rank, int Token)>();
        foreach (var merge in _part.Items("merges"))
        {
            var (left, right) = Pair(merge);
            if (!merges.TryAdd((Needed(left, merge), Needed(right, merge)), (merges.Count, Needed(left + right, merge))))
                throw merge.Fault($"\"{left}\" and \"{right}\" are merged twice");
        }

        return merges;
    }

    // As ["a", "b"], or as "a b" in older files.
    private static (string Left, string Right) Pair(TokenizerJson merge)
    {
        string[] parts = merge.Json.ValueKind == JsonValueKind.Array
            ? [.. merge.Json.EnumerateArray().Select(part => (merge with { Json = part }).AsText())]
            : merge.AsText().Split(' ');
        return parts.Length == 2 ? (parts[0], parts[1]) : throw merge.Fault("expected two tokens");
    }

    private int Needed(string token, TokenizerJson place)
    {
        return _vocabulary.TryGetValue(token, out var id) ? id : throw place.Fault($"\"{token}\" is not in the vocabulary");
    }
}
