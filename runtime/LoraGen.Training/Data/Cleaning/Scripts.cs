using System.Text;

namespace LoraGen.Training.Cleaning;

/// <summary>The scripts of letters, by the Unicode blocks of the scripts that most text on the web is written in.</summary>
internal static class Scripts
{
    /// <summary>What letters of other scripts count as.</summary>
    public const string Other = "Other";

    private static readonly (int First, int Last, string Name)[] Blocks =
    [
        (0x0041, 0x024F, "Latin"), (0x1E00, 0x1EFF, "Latin"), (0x2C60, 0x2C7F, "Latin"), (0xA720, 0xA7FF, "Latin"), (0xFF21, 0xFF5A, "Latin"),
        (0x0370, 0x03FF, "Greek"), (0x1F00, 0x1FFF, "Greek"),
        (0x0400, 0x052F, "Cyrillic"), (0x1C80, 0x1C8F, "Cyrillic"), (0x2DE0, 0x2DFF, "Cyrillic"), (0xA640, 0xA69F, "Cyrillic"),
        (0x0530, 0x058F, "Armenian"),
        (0x0590, 0x05FF, "Hebrew"),
        (0x0600, 0x06FF, "Arabic"), (0x0750, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"), (0xFB50, 0xFDFF, "Arabic"), (0xFE70, 0xFEFE, "Arabic"),
        (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"),
        (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"), (0x1000, 0x109F, "Myanmar"), (0x1780, 0x17FF, "Khmer"),
        (0x10A0, 0x10FF, "Georgian"),
        (0x1100, 0x11FF, "Hangul"), (0x3130, 0x318F, "Hangul"), (0xAC00, 0xD7FF, "Hangul"),
        (0x3040, 0x30FF, "Kana"), (0x31F0, 0x31FF, "Kana"), (0xFF66, 0xFF9F, "Kana"),
        (0x2E80, 0x2FDF, "Han"), (0x3005, 0x3007, "Han"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"), (0xF900, 0xFAFF, "Han"), (0x20000, 0x323AF, "Han"),
    ];

    /// <summary>The script of a letter; null for everything that is none.</summary>
    public static string? Of(Rune rune)
    {
        if (!Rune.IsLetter(rune))
            return null;
        foreach (var (first, last, name) in Blocks)
        {
            if (rune.Value >= first && rune.Value <= last)
                return name;
        }

        return Other;
    }

    public static bool IsWrittenWithoutSpaces(string? script) => script is "Han" or "Kana" or "Thai" or "Lao" or "Myanmar" or "Khmer";

    /// <summary>How many letters of each script a text has.</summary>
    public static Dictionary<string, int> Count(string text)
    {
        var counts = new Dictionary<string, int>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Of(rune) is { } script)
                counts[script] = counts.GetValueOrDefault(script) + 1;
        }

        return counts;
    }
}
