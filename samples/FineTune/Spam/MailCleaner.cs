using System.Text.RegularExpressions;
using LoraGen.Training.Cleaning;

namespace FineTuning.Spam;

/// <summary>
/// Removes from the text of a mail what tells where it was collected and not what it says: the footers of mailing lists, signatures, also quoted ones, and
/// addresses. Otherwise a model would learn which lists were collected as spam.
/// </summary>
internal static partial class MailCleaner
{
    private const int LongestSignature = 15;

    private static readonly PersonalDataFilter Addresses = new(new PersonalDataOptions());

    public static string Clean(string text)
    {
        var unsigned = WithoutSignatures(PgpSignature().Replace(text, "").Split('\n'));
        var lines = unsigned.Where(line => !Footer().IsMatch(line) && !Rule().IsMatch(line)).Select(line => line.TrimEnd());
        var clean = Addresses.Filter(Url().Replace(string.Join('\n', lines), "[URL]"), out _);
        return EmptyLines().Replace(clean, "\n\n").Trim();
    }

    // A signature begins with a line of two hyphens and ends with the mail, or, if it is quoted, with the quotation.
    private static List<string> WithoutSignatures(IReadOnlyList<string> lines)
    {
        var kept = new List<string>();
        for (var i = 0; i < lines.Count; i++)
        {
            var end = Delimiter().Match(lines[i]) is { Success: true } delimiter ? EndOfSignature(lines, i, delimiter.Groups[1].Value.Trim()) : null;
            if (end is null)
                kept.Add(lines[i]);
            else
                i = end.Value - 1;
        }

        return kept;
    }

    private static int? EndOfSignature(IReadOnlyList<string> lines, int start, string quote)
    {
        var end = start + 1;
        while (end < lines.Count && lines[end].StartsWith(quote, StringComparison.Ordinal))
            end++;
        var length = Enumerable.Range(start, end - start).Count(i => !string.IsNullOrWhiteSpace(lines[i]));
        return length <= LongestSignature ? end : null;
    }

    [GeneratedRegex(@"^([>|:\s]*)--\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Delimiter();

    [GeneratedRegex(
        @"/listinfo/|\blist maintainer:|\bmailing list\s*$|mailing list\s*<|irish linux users' group|\bsponsored by\b.*$|yahoo! groups|docs\.yahoo\.com/info/terms"
        + @"|to unsubscribe from this group|-(unsubscribe|subscribe|request|help)@|@(lists\.sourceforge\.net|redhat\.com|freshrpms\.net|linux\.ie)\s*$"
        + @"|^[>\s]*(url: http|date:\s|from:\s|to:\s|cc:\s|sent:\s|subject:\s|message-id:\s|hash: sha1)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Footer();

    [GeneratedRegex(@"^[>\s]*([-_=~*#+]\s?){5,}(begin pgp.*|original message.*|[~>-]*)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^[>\s]*-+BEGIN PGP SIGNATURE-+.*?(-+END PGP SIGNATURE-+|\z)", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PgpSignature();

    [GeneratedRegex(@"\b(https?://|ftp://|www\.)[^\s<>""]*[^\s<>"".,;:!?)']", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex(@"\n\s*\n", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyLines();
}
