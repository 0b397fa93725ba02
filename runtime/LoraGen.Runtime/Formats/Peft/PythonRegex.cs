using System.Text.RegularExpressions;

namespace LoraGen.Formats;

/// <summary>A regular expression of Python's <c>re</c> from an untrusted file.</summary>
internal sealed class PythonRegex
{
    private const int MostCharacters = 100_000;
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    // For the expressions that need backtracking, which may take exponential time.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly Regex _regex;
    private readonly string _place;

    private PythonRegex(string python, string place, string end)
    {
        if (python.Length > MostCharacters)
            throw new InvalidDataException($"{place}: the regular expression has {python.Length} characters, and the most is {MostCharacters}.");

        _place = place;
        try
        {
            _regex = Compile($@"\A(?:{PythonRegexTranslator.Translate(python)}){end}");
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"{place}: {JsonText.Quote(python)} is not a regular expression that can be read: {fault.Message}", fault);
        }
    }

    /// <summary>An expression that matches a whole text, as <c>re.fullmatch</c>.</summary>
    /// <param name="python">The expression.</param>
    /// <param name="place">The file and the key, for messages.</param>
    /// <exception cref="InvalidDataException">It is not an expression of Python, or has no counterpart in .NET.</exception>
    public static PythonRegex OfWhole(string python, string place) => new(python, place, @"\z");

    /// <summary>An expression that matches the beginning of a text, as <c>re.match</c>.</summary>
    /// <inheritdoc cref="OfWhole"/>
    public static PythonRegex OfStart(string python, string place) => new(python, place, string.Empty);

    /// <exception cref="InvalidDataException">It takes too long.</exception>
    public bool IsMatch(string text) => InTime(text, () => _regex.IsMatch(text));

    /// <summary>The text of the first group; null if nothing matches, and empty if the group does not.</summary>
    /// <exception cref="InvalidDataException">It takes too long.</exception>
    public string? FirstGroup(string text) => InTime(text, () => _regex.Match(text) is { Success: true } match ? match.Groups[1].Value : null);

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, Timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, Timeout);
        }
    }

    private T InTime<T>(string text, Func<T> match)
    {
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException fault)
        {
            throw new InvalidDataException(
                $"{_place}: the regular expression takes more than {Timeout.TotalSeconds:0} seconds for \"{text}\". Simplify it, or list the names.", fault);
        }
    }
}
