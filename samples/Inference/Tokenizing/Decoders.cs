using System.Globalization;
using System.Text;

namespace Inference.Tokenizing;

/// <summary>How tokens become text again: each step turns texts into texts, and what is left is joined.</summary>
internal static class Decoders
{
    public static Func<IEnumerable<string>, IEnumerable<string>> Read(TokenizerJson? part)
    {
        switch (part?.Type)
        {
            case null:
                return static tokens => tokens;
            case "ByteLevel":
                return static tokens => [Encoding.UTF8.GetString([.. tokens.SelectMany(ByteAlphabet.Read)])];
            case "ByteFallback":
                return JoinBytes;
            case "Fuse":
                return static tokens => [string.Concat(tokens)];
            case "Replace":
                var (old, content) = (part.Needed("pattern").Needed("String").AsText(), part.Needed("content").AsText());
                return tokens => tokens.Select(token => token.Replace(old, content, StringComparison.Ordinal));
            case "Strip":
                var (stripped, start, stop) = (part.Needed("content").AsText(), part.Needed("start").AsNumber(), part.Needed("stop").AsNumber());
                if (stripped.Length != 1 || stop != 0)
                    throw part.Unsupported("this Strip", "one character at the start");
                return tokens => tokens.Select(token => token[token.Take(start).TakeWhile(character => character == stripped[0]).Count()..]);
            case "Sequence":
                var steps = part.Items("decoders").Select(Read).ToArray();
                return tokens => steps.Aggregate(tokens, static (current, step) => step(current));
            default:
                throw part.Unsupported($"the decoder {part.Type}", "ByteLevel, ByteFallback, Fuse, Replace, Strip and Sequence");
        }
    }

    // Runs of <0xE2> tokens are the bytes of a text; what is no UTF-8 shows as U+FFFD, one for each byte.
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
