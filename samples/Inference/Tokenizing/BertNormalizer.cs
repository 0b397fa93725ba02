using System.Globalization;
using System.Text;

namespace Inference.Tokenizing;

/// <summary>
/// BERT's cleaning of a text, after Devlin et al.'s <c>BasicTokenizer</c>. The package's own joins the lines of a text, keeps format characters and lowers
/// the case of letters only.
/// </summary>
internal sealed record BertNormalizer(bool CleansText, bool SeparatesChinese, bool StripsAccents, bool LowersCase)
{
    public static BertNormalizer Read(TokenizerJson part)
    {
        part.With("type", "clean_text", "handle_chinese_chars", "strip_accents", "lowercase");
        var lowersCase = part.Flag("lowercase", otherwise: true);
        return new BertNormalizer(
            part.Flag("clean_text", otherwise: true), part.Flag("handle_chinese_chars", otherwise: true), part.Flag("strip_accents", lowersCase), lowersCase);
    }

    public string Normalize(string text)
    {
        var cleaned = Change(text, Cleaned);
        if (StripsAccents)
            cleaned = Change(Normalizers.Normalize(cleaned, NormalizationForm.FormD), static rune => IsNonSpacingMark(rune) ? string.Empty : rune.ToString());
        return LowersCase ? Normalizers.Lowercase(cleaned) : cleaned;
    }

    private static string Change(string text, Func<Rune, string> change) => string.Concat(text.EnumerateRunes().Select(change));

    private string Cleaned(Rune rune)
    {
        if (CleansText && (rune == Rune.ReplacementChar || IsControl(rune)))
            return string.Empty;
        if (CleansText && Rune.IsWhiteSpace(rune))
            return " ";
        return SeparatesChinese && IsChinese(rune.Value) ? $" {rune} " : rune.ToString();
    }

    private static bool IsNonSpacingMark(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static bool IsControl(Rune rune)
    {
        return rune.Value is not ('\t' or '\n' or '\r')
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;
    }

    // The blocks of ideographs, as BERT has them.
    private static bool IsChinese(int value)
    {
        return value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
    }
}
