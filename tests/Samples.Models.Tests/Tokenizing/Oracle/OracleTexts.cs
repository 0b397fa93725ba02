using System.Reflection;
using System.Text;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>The texts that are compared: this repository's, and odd ones of a fixed seed.</summary>
internal static class OracleTexts
{
    private static readonly string[] Fragments =
    [
        "the", " of", "I'm", "WE'LL", "don't", " '", "'s", "'S", "e.g.", "naïve", "Ärger", "unmergeable", " unmergeable", "étés", "été", "ss", "ß", "ẞ",
        " ", "  ", "   ", "\t", "\n", "\r\n", "\n\n  ", "\u00A0", "\u2003", "\u3000", "\u2028", "\u0085", "\v", "\f", "\u1680", "\u200B", "\uFEFF",
        "0", "12", "345", "6789012345", "3.14", "١٢٣", "१२", "０１", "²", "½", "Ⅷ", "𝟙𝟚", "①",
        "e\u0301", "e\u0301!", "é!", "a\u0308\u0323", "a\u0323\u0308", "\u0301", "\u0344", "o\u031B\u0323", "Å", "\u212B", "\u2126",
        "ﬁ", "ﬀ", "ǆ", "ǅ", "İ", "ı", "I", "ſ", "'ſ", "Σας", "ΣΑΣ",
        "😀", "👍🏽", "👩‍👩‍👧", "🏳️‍🌈", "🇩🇪🇫🇷", "❤️", "1️⃣", "☺", "™", "→", "∑", "€", "$", "+", "=", "^", "`", "|", "~", "¿", "—", "…", "“", "„", "«",
        "中文", "日本語", "ひらがな", "カタカナ", "한국어", "\u1112\u1161\u11AB", "豈", "\uF900", "𠀀", "𪚥", "丽", "𐐷𐐏", "𝐛𝒞",
        "ﷺ", "العربية", "مُحَمَّد", "עברית", "שָׁלוֹם", "ไทย", "नमस्ते", "தமிழ்", "ভাষা",
        "ᠮᠣᠩᠭᠣᠯ", "Ꭰꭰ", "Ⴀა",
        "\0", "\u0001", "\u001B[0m", "\u007F", "\u0080", "\u009F", "\u00AD", "\u200D", "\u200E", "\u202E", "\u2060", "\uFFFD",
        "\uFFFE", "\uFFFF", "\uFDD0", "\uE000", "\u0378", "\U000E0001", "\U0010FFFF", "\uD800", "\uDC00", "\uDC00\uD800",
        "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|im_", "<mask>", " <mask> ", "<tool>", "<tool> ", "<both>", "<|begin_of_text|>", "<|eot_id|>",
        "<s>", "</s>", "<unk>", "[CLS]", "[SEP]", "[MASK]", "[UNK]", "[cls]", "##ing", "Ġ", "Ċ", "▁", "▁the", "<0x0A>",
        "http://a.b/c?d=e&f", "C:\\dir\\file.txt", "a_b-c", "{\"k\": [1, 2]}", "x²+y²", "aaaaaaaaaaaa", "--------", "!!!???", "\\u00e9",
    ];

    // Capitals of Unicode 16 and 17: whether .NET knows their lower case depends on the ICU of the machine.
    private static readonly int[] NewCapitals = [0x1C89, 0xA7CB, 0xA7CC, 0xA7CE, 0xA7D2, 0xA7D4, 0xA7DA, 0xA7DC];

    public static IReadOnlyList<string> All { get; } = [.. Repository().Concat(Characters()).Concat(Mixed()).Concat(Long()).Distinct(StringComparer.Ordinal)];

    /// <summary>How a text is written in the list of differences: its sixteen characters by their first, others with their odd characters escaped.</summary>
    public static string Name(string text)
    {
        return text.Length > 4 && text.EnumerateRunes().First() is { IsAscii: false } first && text == Row(first.Value)
            ? $"U+{first.Value:X4}"
            : string.Concat(text.Select(character => character is >= ' ' and <= '~' ? $"{character}" : $"\\u{(int)character:X4}"));
    }

    // The lines of the documentation, and every few of them together.
    private static IEnumerable<string> Repository()
    {
        var samples = typeof(OracleTexts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Samples").Value!;
        var root = Path.GetFullPath(Path.Combine(samples, ".."));
        string[] files = [.. Directory.GetFiles(Path.Combine(root, "docs"), "*.md"), Path.Combine(root, "README.md"), Path.Combine(root, "CHANGELOG.md")];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var lines = File.ReadAllText(file).Split('\n');
            foreach (var line in lines)
                yield return line;
            foreach (var lines7 in lines.Chunk(7))
                yield return string.Join('\n', lines7);
        }
    }

    // Every character up to U+FFFF, and some beyond it, sixteen in a text.
    private static IEnumerable<string> Characters()
    {
        for (var first = 0; first < 0x10000; first += 16)
            yield return Row(first);
        for (var first = 0x10000; first < 0x1F000; first += 256)
            yield return Row(first);
    }

    private static string Row(int first)
    {
        var characters = Enumerable.Range(first, 16).Where(Rune.IsValid).Except(NewCapitals).Select(value => new Rune(value).ToString());
        return string.Concat(characters.Select(character => $"{character} a{character}"));
    }

    private static IEnumerable<string> Mixed()
    {
        foreach (var fragment in Fragments)
            yield return fragment;
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
            yield return string.Concat(Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Fragments[random.Next(Fragments.Length)]));
    }

    private static IEnumerable<string> Long()
    {
        yield return string.Empty;
        (string Part, int Count)[] repeated =
            [("a", 100), ("a", 101), ("𝐛", 60), ("𝐛", 101), ("ab", 3000), (" ", 500), ("\n", 300), ("😀", 200), ("中", 200), ("e\u0301", 150)];
        foreach (var (part, count) in repeated)
            yield return string.Concat(Enumerable.Repeat(part, count));
    }
}
