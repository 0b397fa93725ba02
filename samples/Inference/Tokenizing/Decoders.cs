using System.Globalization;
using System.Text;

namespace Inference.Tokenizing;

/// <summary>
/// How tokens become text again: a file's <c>decoder</c>. Each step maps texts to texts, and the result is joined. The package's decoding has no byte
/// fallback and skips numbers that are not tokens.
/// </summary>
internal static class Decoders
{
    public static Func<IEnumerable<string>, IEnumerable<string>> Read(TokenizerJson? part)
    {
        switch (part?.Type)
        {
            case null:
                return static tokens => [string.Join(' ', tokens)];
            case "ByteLevel":
                return static tokens => [Encoding.UTF8.GetString([.. tokens.SelectMany(ByteAlphabet.Read)])];
            case "ByteFallback":
                return JoinBytes;
            case "Fuse":
                return static tokens => [string.Concat(tokens)];
            case "Replace":
                var (old, content) = Normalizers.Replacement(part);
                return tokens => tokens.Select(token => token.Replace(old, content, StringComparison.Ordinal));
            case "Strip":
                return Strip(part.With("type", "content", "start", "stop"));
            case "Metaspace":
                return Metaspace(part.With("type", "replacement", "prepend_scheme", "split"));
            case "WordPiece":
                return WordPiece(part.With("type", "prefix", "cleanup"));
            case "Sequence":
                var steps = part.With("type", "decoders").Items("decoders").Select(Read).ToArray();
                return tokens => steps.Aggregate(tokens, static (current, step) => step(current));
            default:
                throw part.Needed("type").Unsupported("ByteLevel, ByteFallback, Fuse, Replace, Strip, Metaspace, WordPiece and Sequence");
        }
    }

    private static Func<IEnumerable<string>, IEnumerable<string>> Strip(TokenizerJson part)
    {
        var (content, start) = (part.Needed("content"), part.Needed("start").AsNumber());
        if (content.AsText() is not [var stripped])
            throw content.Unsupported("one character");
        if (part.Needed("stop").AsNumber() != 0)
            throw part.Needed("stop").Unsupported("0");
        return tokens => tokens.Select(token => token[token.Take(start).TakeWhile(character => character == stripped).Count()..]);
    }

    private static Func<IEnumerable<string>, IEnumerable<string>> Metaspace(TokenizerJson part)
    {
        var space = part.Needed("replacement").AsText();
        var first = part.Text("prepend_scheme") == "never" ? " " : string.Empty;
        return tokens => tokens.Select((token, index) => token.Replace(space, index == 0 ? first : " ", StringComparison.Ordinal));
    }

    private static Func<IEnumerable<string>, IEnumerable<string>> WordPiece(TokenizerJson part)
    {
        var prefix = part.Needed("prefix").AsText();
        Func<string, string> clean = part.Flag("cleanup", otherwise: true) ? Clean : static text => text;
        return tokens => tokens.Select((token, index) => clean(
            index == 0 ? token : token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : $" {token}"));
    }

    // Each token separately, so the cases with several words are for tokens with spaces.
    private static string Clean(string token)
    {
        (string Old, string New)[] changes =
        [
            (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"),
            (" 've", "'ve"), (" 're", "'re"),
        ];
        return changes.Aggregate(token, static (text, change) => text.Replace(change.Old, change.New, StringComparison.Ordinal));
    }

    // Runs of <0xE2> tokens are the bytes of a text; invalid UTF-8 becomes U+FFFD, one per byte.
    private static IEnumerable<string> JoinBytes(IEnumerable<string> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
        {
            if (Byte(token) is { } value)
            {
                bytes.Add(value);
                continue;
            }

            if (bytes.Count > 0)
                yield return Text(bytes);
            bytes.Clear();
            yield return token;
        }

        if (bytes.Count > 0)
            yield return Text(bytes);
    }

    private static byte? Byte(string token)
    {
        return token is ['<', '0', 'x', _, _, '>']
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private static string Text(List<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return new string('\uFFFD', bytes.Count);
        }
    }
}
