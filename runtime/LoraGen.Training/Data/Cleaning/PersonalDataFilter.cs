using System.Text.RegularExpressions;

namespace LoraGen.Training.Cleaning;

/// <summary>
/// Replaces personal data in texts: mail addresses, telephone numbers, payment-card numbers that Luhn's check accepts, and given names. It searches by
/// patterns, so it finds the usual ways of writing and not every one; it finds no names that it wasn't given. Look at the counts, and at what is left.
/// </summary>
public sealed partial class PersonalDataFilter
{
    private readonly PersonalDataOptions _options;
    private readonly Regex? _names;

    /// <summary>Creates a filter.</summary>
    /// <param name="options">What is replaced; null for the default: all kinds, no names.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public PersonalDataFilter(PersonalDataOptions? options = null)
    {
        _options = options ?? new PersonalDataOptions();
        if (_options.Names.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("A name is empty: it would be found everywhere.", nameof(options));
        if (_options.Names.Count > 0)
            _names = AnyOf(_options.Names);
    }

    /// <summary>Replaces the personal data of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="counts">How many items were replaced.</param>
    public string Filter(string text, out PersonalDataCounts counts)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mails = Replace(ref text, MailAddress(), _options.Mail, static _ => true);
        var cards = Replace(ref text, CardNumber(), _options.Card, static match => IsLuhn(Digits(match)));
        var telephones = Replace(ref text, TelephoneNumber(), _options.Telephone, IsTelephone);
        var names = _names is null ? 0 : Replace(ref text, _names, _options.Name, static _ => true);
        counts = new PersonalDataCounts(mails, telephones, cards, names);
        return text;
    }

    /// <summary>Luhn's check (ISO/IEC 7812-1, annex B): each second digit from the right is doubled, and the sum of all digits is a multiple of ten.</summary>
    internal static bool IsLuhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            var weighted = place % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }

        return sum % 10 == 0;
    }

    // The longest first, so that a whole name is one; words of a name may be on two lines.
    private static Regex AnyOf(IEnumerable<string> names)
    {
        var patterns = names.OrderByDescending(name => name.Length)
            .Select(name => string.Join(@"\s+", name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape)));
        return new Regex(
            $@"(?<![\p{{L}}\p{{N}}_])(?:{string.Join('|', patterns)})(?![\p{{L}}\p{{N}}_])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static long Replace(ref string text, Regex pattern, string? replacement, Func<string, bool> isOne)
    {
        if (replacement is null)
            return 0;
        var count = 0L;
        text = pattern.Replace(text, match =>
        {
            if (!isOne(match.Value))
                return match.Value;
            count++;
            return replacement;
        });
        return count;
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    // E.164 has at most 15 digits.
    private static bool IsTelephone(string text) => Digits(text).Length is >= 7 and <= 15 && !Date().IsMatch(text);

    [GeneratedRegex(
        @"(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}_%+'-]+(?:\.[\p{L}\p{N}_%+'-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}",
        RegexOptions.CultureInvariant)]
    private static partial Regex MailAddress();

    // 13 to 19 digits, in groups or not. The first digit of a payment card is 2 to 6.
    [GeneratedRegex(@"(?<![0-9])[2-6](?:[ -]?[0-9]){12,18}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex CardNumber();

    // Each step takes one digit, and each text in one way only: other forms would need exponential time for long numbers. International (+49 30 123456, 0049…), with an area code (030/123456, (030) 123456), or North American (555-123-4567).
    [GeneratedRegex(
        @"(?<![\p{L}\p{N}.,:/+-])(?:\+[0-9]{1,3}(?:[ ]?\(0\))?|\(0?[0-9]{2,5}\)|0[0-9]{1,5}|[0-9]{3}(?=[ .-][0-9]{3}[ .-][0-9]{4}(?![0-9])))"
        + @"(?:(?:[ ]?[/.-][ ]?|[ ])?\(?[0-9]\)?)*(?<=[0-9])(?![\p{L}\p{N}])",
        RegexOptions.CultureInvariant)]
    private static partial Regex TelephoneNumber();

    [GeneratedRegex(@"^[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
