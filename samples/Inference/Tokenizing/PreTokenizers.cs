using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Inference.Tokenizing;

/// <summary>How the text is cut into the pieces that merges never cross: a file's <c>pre_tokenizer</c>.</summary>
/// <param name="Cut">What cuts it; null for a text that is not cut.</param>
internal sealed record PreTokenizers(PreTokenizer? Cut)
{
    // GPT-2's pattern, for files that leave it to the byte-level part.
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    // Words, and each sign separately; white space is not part of any piece.
    private const string Bert = @"[!-/:-@\[-`{-~\p{P}]|[^\s!-/:-@\[-`{-~\p{P}]+";

    /// <summary>Whether the model sees the bytes of a piece, each as a character.</summary>
    public bool IsByteLevel { get; init; }

    /// <summary>What spaces become before the text is cut.</summary>
    public char Space { get; init; } = ' ';

    /// <summary>Whether a space is inserted before a text that doesn't start with one.</summary>
    public bool AddsSpace { get; init; }

    /// <summary>Whether this is only done at the start of the whole text, and not after an added token.</summary>
    public bool AddsSpaceOnce { get; init; }

    public static PreTokenizers Read(TokenizerJson? part)
    {
        switch (part?.Type)
        {
            case null:
                return new PreTokenizers((PreTokenizer?)null);
            case "Split":
                return Split(part.With("type", "pattern", "behavior", "invert"));
            case "BertPreTokenizer":
                part.With("type");
                return new PreTokenizers(new SplitPreTokenizer(new UnicodePattern(Bert), keepsMatches: true, keepsGaps: false));
            case "ByteLevel":
                part.With("type", "add_prefix_space", "trim_offsets", "use_regex"); // Offsets are not used here.
                return new PreTokenizers(part.Flag("use_regex", otherwise: true) ? Isolate(new UnicodePattern(Gpt2)) : null)
                {
                    IsByteLevel = true, AddsSpace = part.Flag("add_prefix_space", otherwise: true),
                };
            case "Metaspace":
                return Metaspace(part.With("type", "replacement", "prepend_scheme", "split"));
            case "Sequence":
                return part.With("type", "pretokenizers").Items("pretokenizers").Aggregate(Read(null), Then);
            default:
                throw part.Needed("type").Unsupported("Split, ByteLevel, Metaspace, BertPreTokenizer and Sequence");
        }
    }

    /// <summary>The text as it is cut, with its spaces.</summary>
    /// <param name="text">A text between two added tokens.</param>
    /// <param name="isFirst">Whether the whole text begins with it.</param>
    public string Prepare(string text, bool isFirst)
    {
        var spaced = text.Replace(' ', Space);
        return AddsSpace && (isFirst || !AddsSpaceOnce) && !spaced.StartsWith(Space) ? Space + spaced : spaced;
    }

    private static PreTokenizers Then(PreTokenizers before, TokenizerJson part)
    {
        var next = Read(part);
        if (before.IsByteLevel)
            throw part.Unsupported("nothing after ByteLevel");
        if (before != Read(null) && (next.AddsSpace || next.Space != ' '))
            throw part.Unsupported("Metaspace and add_prefix_space only where nothing is before them");
        PreTokenizer[] cuts = [.. new[] { before.Cut, next.Cut }.OfType<PreTokenizer>()];
        var cut = cuts.Length > 1 ? new SequencePreTokenizer(cuts) : cuts.SingleOrDefault();
        return (next.AddsSpace || next.Space != ' ' ? next : before) with { Cut = cut, IsByteLevel = next.IsByteLevel };
    }

    private static PreTokenizers Split(TokenizerJson part)
    {
        var behavior = part.Needed("behavior");
        var isRemoved = behavior.AsText() switch
        {
            "Isolated" => false,
            "Removed" => true,
            _ => throw behavior.Unsupported("Isolated and Removed"),
        };
        var isInverted = part.Flag("invert");
        return new PreTokenizers(new SplitPreTokenizer(Pattern(part.Needed("pattern")), !isRemoved || isInverted, !isRemoved || !isInverted));
    }

    private static PreTokenizers Metaspace(TokenizerJson part)
    {
        var space = part.Needed("replacement");
        if (space.AsText().Length != 1)
            throw space.Fault("one character was expected");
        var scheme = part.Part("prepend_scheme");
        var when = scheme?.AsText() ?? "always";
        if (when is not ("always" or "first" or "never"))
            throw scheme!.Unsupported("always, first and never");
        var word = Regex.Escape(space.AsText());
        return new PreTokenizers(part.Flag("split", otherwise: true) ? Isolate(new UnicodePattern($"{word}[^{word}]*")) : null)
        {
            Space = space.AsText()[0], AddsSpace = when != "never", AddsSpaceOnce = when == "first",
        };
    }

    private static SplitPreTokenizer Isolate(UnicodePattern pattern) => new(pattern, keepsMatches: true, keepsGaps: true);

    private static UnicodePattern Pattern(TokenizerJson part)
    {
        var expression = part.With("Regex", "String").Text("Regex") ?? Regex.Escape(part.Needed("String").AsText());
        try
        {
            return new UnicodePattern(expression);
        }
        catch (ArgumentException broken)
        {
            throw part.Fault($"it is not a regular expression of .NET: {broken.Message}");
        }
    }
}
