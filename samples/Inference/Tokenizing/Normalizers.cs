using System.Text;

namespace Inference.Tokenizing;

/// <summary>What is done to the text first.</summary>
internal static class Normalizers
{
    public static Func<string, string> Read(TokenizerJson? part)
    {
        if (part is null)
            return static text => text;

        switch (part.Type)
        {
            case "NFC": return static text => text.Normalize(NormalizationForm.FormC);
            case "NFD": return static text => text.Normalize(NormalizationForm.FormD);
            case "NFKC": return static text => text.Normalize(NormalizationForm.FormKC);
            case "NFKD": return static text => text.Normalize(NormalizationForm.FormKD);
            case "Lowercase": return static text => text.ToLowerInvariant();
            case "Prepend":
                var prefix = part.Needed("prepend").AsText();
                return text => text.Length == 0 ? text : prefix + text;
            case "Replace":
                var (old, content) = (part.Needed("pattern").Needed("String").AsText(), part.Needed("content").AsText());
                return text => text.Replace(old, content, StringComparison.Ordinal);
            case "Sequence":
                var steps = part.Items("normalizers").Select(Read).ToArray();
                return text => steps.Aggregate(text, static (current, step) => step(current));
            default:
                throw part.Unsupported($"the normalizer {part.Type}", "NFC, NFD, NFKC, NFKD, Lowercase, Prepend, Replace and Sequence");
        }
    }
}
