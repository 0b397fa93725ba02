using System.Text;

namespace Inference.Tokenizing;

/// <summary>The normalization of the text: a file's <c>normalizer</c>.</summary>
internal static class Normalizers
{
    public static Func<string, string> Read(TokenizerJson? part)
    {
        switch (part?.Type)
        {
            case null:
                return static text => text;
            case "NFC":
                return Form(part, NormalizationForm.FormC);
            case "NFD":
                return Form(part, NormalizationForm.FormD);
            case "NFKC":
                return Form(part, NormalizationForm.FormKC);
            case "NFKD":
                return Form(part, NormalizationForm.FormKD);
            case "Lowercase":
                part.With("type");
                return Lowercase;
            case "Prepend":
                var prefix = part.With("type", "prepend").Needed("prepend").AsText();
                return text => text.Length == 0 ? text : prefix + text;
            case "Replace":
                var (old, content) = Replacement(part);
                return text => text.Replace(old, content, StringComparison.Ordinal);
            case "BertNormalizer":
                return BertNormalizer.Read(part).Normalize;
            case "Sequence":
                var steps = part.With("type", "normalizers").Items("normalizers").Select(Read).ToArray();
                return text => steps.Aggregate(text, static (current, step) => step(current));
            default:
                throw part.Needed("type").Unsupported("NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace, BertNormalizer and Sequence");
        }
    }

    /// <summary>The strings of a Replace, which can also be part of a decoder.</summary>
    public static (string Old, string Content) Replacement(TokenizerJson part)
    {
        var pattern = part.With("type", "pattern", "content").Needed("pattern").With("String");
        return (pattern.Needed("String").AsText(), part.Needed("content").AsText());
    }

    // İ is the only character whose lower case is always two characters.
    public static string Lowercase(string text) => text.Replace("İ", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>A normalization form. .NET refuses a text with U+FFFE, which is unchanged in every form.</summary>
    public static string Normalize(string text, NormalizationForm form) => string.Join('\uFFFE', text.Split('\uFFFE').Select(part => part.Normalize(form)));

    private static Func<string, string> Form(TokenizerJson part, NormalizationForm form)
    {
        part.With("type");
        return text => Normalize(text, form);
    }
}
