namespace LoraGen.Training.Cleaning;

/// <summary>
/// Guesses the language of a text: from the script where few languages share it, and in Latin script from the most frequent short words of seven languages.
/// Texts of less than some ten words, other languages and mixed texts are undetermined or wrong.
/// </summary>
internal static class LanguageGuess
{
    /// <summary>The code for an undetermined language (BCP 47).</summary>
    public const string Undetermined = "und";

    private static readonly (string Code, HashSet<string> Words)[] Frequent =
    [
        ("en", Set("the of and to in is that it was for on are with as this be have not by from")),
        ("de", Set("der die und das den ist nicht mit ein eine zu von auf dem sich auch es für wird im")),
        ("fr", Set("le la les des et est une que dans pour pas qui sur du avec au ce il elle sont")),
        ("es", Set("el los las del que y en una por con para es se no su como más lo pero fue")),
        ("it", Set("il di che la per una non sono con del della è gli si da nel anche più ma alla")),
        ("pt", Set("o os as do da que e em um uma para com não por dos no na mais foi é")),
        ("nl", Set("de het een van en is dat niet op te zijn voor met die aan er ook als maar bij")),
    ];

    public static string Of(string text, string? script)
    {
        return script switch
        {
            "Kana" => "ja",
            "Han" => Scripts.Count(text).GetValueOrDefault("Kana") > 0 ? "ja" : "zh",
            "Hangul" => "ko",
            "Greek" => "el",
            "Hebrew" => "he",
            "Thai" => "th",
            "Georgian" => "ka",
            "Armenian" => "hy",
            "Latin" => OfLatin(text),
            _ => Undetermined,
        };
    }

    // At least a tenth of the words must be frequent ones, at least two, and a quarter more than in the next language.
    private static string OfLatin(string text)
    {
        var words = Words.Of(text).ToArray();
        var hits = Frequent.Select(language => (language.Code, Count: words.Count(language.Words.Contains))).OrderByDescending(hit => hit.Count).ToArray();
        var (best, next) = (hits[0], hits[1]);
        return best.Count >= 2 && best.Count * 10 >= words.Length && best.Count * 4 >= next.Count * 5 ? best.Code : Undetermined;
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
