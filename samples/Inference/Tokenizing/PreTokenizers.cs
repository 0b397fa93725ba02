namespace Inference.Tokenizing;

/// <summary>How the text is cut into the pieces that merges never cross.</summary>
internal static class PreTokenizers
{
    // GPT-2's, for files that leave it to the byte-level part.
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public static Func<string, IEnumerable<string>> Read(TokenizerJson? part)
    {
        return part?.Type switch
        {
            null => static text => [text],
            "Split" => Split(part),
            "ByteLevel" => ByteLevel(part),
            "Sequence" => Sequence(part),
            var other => throw part.Unsupported($"the pre-tokenizer {other}", "Split, ByteLevel and Sequence"),
        };
    }

    private static Func<string, IEnumerable<string>> Sequence(TokenizerJson part)
    {
        var steps = part.Items("pretokenizers").Select(Read).ToArray();
        return text => steps.Aggregate((IEnumerable<string>)[text], static (pieces, step) => pieces.SelectMany(step));
    }

    private static Func<string, IEnumerable<string>> ByteLevel(TokenizerJson part)
    {
        var addsSpace = part.Flag("add_prefix_space", otherwise: true);
        var pattern = part.Flag("use_regex", otherwise: true) ? new UnicodePattern(Gpt2) : null;
        return text =>
        {
            var spaced = addsSpace && !text.StartsWith(' ') ? " " + text : text;
            return (pattern is null ? [spaced] : Isolate(pattern, spaced)).Select(ByteAlphabet.Write);
        };
    }

    private static Func<string, IEnumerable<string>> Split(TokenizerJson part)
    {
        var pattern = Pattern(part.Needed("pattern"));
        var isInverted = part.Flag("invert");
        return part.Text("behavior") switch
        {
            "Isolated" => text => Isolate(pattern, text),
            "Removed" when isInverted => text => pattern.Matches(text).Select(range => text[range]),
            "Removed" => text => Gaps(pattern, text),
            var other => throw part.Unsupported($"the behavior {other}", "Isolated and Removed"),
        };
    }

    private static UnicodePattern Pattern(TokenizerJson part)
    {
        var expression = part.Text("Regex") ?? System.Text.RegularExpressions.Regex.Escape(part.Needed("String").AsText());
        try
        {
            return new UnicodePattern(expression);
        }
        catch (ArgumentException broken)
        {
            throw part.Fault($"not a regular expression of .NET: {broken.Message}");
        }
    }

    // The matches and what is between them.
    private static IEnumerable<string> Isolate(UnicodePattern pattern, string text)
    {
        var end = 0;
        foreach (var range in pattern.Matches(text))
        {
            if (range.Start.Value > end)
                yield return text[end..range.Start];
            yield return text[range];
            end = range.End.Value;
        }

        if (end < text.Length)
            yield return text[end..];
    }

    private static IEnumerable<string> Gaps(UnicodePattern pattern, string text)
    {
        var end = 0;
        foreach (var range in pattern.Matches(text).Append(text.Length..text.Length))
        {
            if (range.Start.Value > end)
                yield return text[end..range.Start];
            end = range.End.Value;
        }
    }
}
