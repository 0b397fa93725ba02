using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LoraGen.Formats;

/// <summary>
/// Translates an expression of Python's <c>re</c> to .NET's syntax. Groups are numbered as in Python, where named groups count with the others. What only
/// one of the two has is translated or refused.
/// </summary>
internal sealed partial class PythonRegexTranslator
{
    private const int NothingToRepeat = -1;
    private const int Repeated = -2;

    private readonly string _python;
    private readonly StringBuilder _result = new();
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Stack<int> _open = new();
    private int _at;
    private int _groups;

    // Where the element that a quantifier would repeat begins in the result.
    private int _element = NothingToRepeat;

    private PythonRegexTranslator(string python) => _python = python;

    /// <exception cref="ArgumentException">Python does not accept the expression, or it can't be translated.</exception>
    public static string Translate(string python)
    {
        var translator = new PythonRegexTranslator(python);
        while (translator._at < python.Length)
            translator.Next();
        return translator._open.Count == 0 ? translator._result.ToString() : throw translator.Fault("a parenthesis is not closed");
    }

    private void Next()
    {
        var c = _python[_at++];
        switch (c)
        {
            case '\\':
                Escape();
                break;
            case '[':
                Set();
                break;
            case '(':
                Open();
                break;
            case ')':
                if (!_open.TryPop(out var start))
                    throw Fault("a parenthesis is closed that is not open");
                _result.Append(')');
                _element = start;
                break;
            case '*' or '+' or '?':
                Repeat(c.ToString());
                break;
            case '{' when Counts().Match(_python, _at) is { Success: true } counts:
                _at += counts.Length;
                Repeat($"{{{(counts.Groups["from"].Length == 0 ? "0" : counts.Groups["from"].Value)}{counts.Groups["to"].Value}}}");
                break;
            case '.':
                Element(".");
                break;
            case '^' or '$' or '|':
                _result.Append(c);
                _element = NothingToRepeat;
                break;
            default:
                Literal(char.IsHighSurrogate(c) && _at < _python.Length ? $"{c}{_python[_at++]}" : c.ToString());
                break;
        }
    }

    private void Literal(string text)
    {
        var escaped = Escaped(text);
        Element(text.Length == 1 ? escaped : $"(?:{escaped})");
    }

    private void Element(string text)
    {
        _element = _result.Length;
        _result.Append(text);
    }

    // "a*+" is possessive: it keeps what it matched.
    private void Repeat(string quantifier)
    {
        if (_element < 0)
            throw Fault(_element == Repeated ? "a repetition is repeated" : "there is nothing to repeat");

        var suffix = _at < _python.Length && _python[_at] is '?' or '+' ? _python[_at++] : '\0';
        _result.Append(quantifier);
        if (suffix == '?')
            _result.Append('?');
        if (suffix == '+')
            _result.Insert(_element, "(?>").Append(')');
        _element = Repeated;
    }

    private void Open()
    {
        var start = _result.Length;
        if (Take("?P="))
            Element(Reference(Until(')')));
        else if (Take("?#"))
            Until(')');
        else if (Take("?("))
            Begin(start, $"(?({Group(Until(')'))})");
        else if (Take("?P<"))
            Begin(start, $"(?<{Named(Until('>'))}>");
        else if (new[] { "?:", "?=", "?!", "?<=", "?<!", "?>" }.FirstOrDefault(Take) is { } kind)
            Begin(start, "(" + kind);
        else if (Take("?"))
            Flags(start);
        else
            Begin(start, $"(?<{++_groups}>");
    }

    private void Begin(int start, string text)
    {
        _open.Push(start);
        _result.Append(text);
        _element = NothingToRepeat;
    }

    private void Flags(int start)
    {
        if (FlagLetters().Match(_python, _at) is not { Success: true } flags)
            throw Fault($"(?{_python[_at..Math.Min(_at + 1, _python.Length)]} is not known in Python");
        if (flags.ValueSpan.IndexOfAny("aLx") >= 0)
            throw Fault($"the flags {JsonText.Quote(flags.Value)} can't be translated; write the expression without a, L and x");

        var isWhole = _at == 2;
        _at += flags.Length + 1;
        var letters = flags.Value.Replace("u", string.Empty, StringComparison.Ordinal);
        if (_at <= _python.Length && _python[_at - 1] == ':')
            Begin(start, $"(?{letters}:");
        else if (isWhole && flags.Value.Length > 0 && !letters.Contains('-', StringComparison.Ordinal))
            _result.Append(letters.Length == 0 ? string.Empty : $"(?{letters})");
        else
            throw Fault("flags for the whole expression must be at its beginning");
    }

    private int Named(string name)
    {
        if (!Identifier().IsMatch(name))
            throw Fault($"{JsonText.Quote(name)} is not a group's name");
        return _names.TryAdd(name, ++_groups) ? _groups : throw Fault($"the group {JsonText.Quote(name)} exists twice");
    }

    private int Group(string name)
    {
        var group = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : _names.GetValueOrDefault(name);
        return group > 0 && group <= _groups ? group : throw Fault($"there is no group {JsonText.Quote(name)} before it is referred to");
    }

    private string Reference(string name) => $@"\k<{Group(name)}>";

    private bool Take(string text)
    {
        if (string.CompareOrdinal(_python, _at, text, 0, text.Length) != 0)
            return false;

        _at += text.Length;
        return true;
    }

    private string Until(char end)
    {
        var index = _python.IndexOf(end, _at);
        if (index < 0)
            throw Fault($"{end} is missing");

        var text = _python[_at..index];
        _at = index + 1;
        return text;
    }

    private ArgumentException Fault(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{what} (before character {_at + 1})"));

    [GeneratedRegex(@"\G(?:(?<from>[0-9]*)(?<to>,[0-9]*)|(?<from>[0-9]+))\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counts();

    [GeneratedRegex(@"\G[aiLmsux]*(?:-[imsx]+)?(?=[:)])", RegexOptions.CultureInvariant)]
    private static partial Regex FlagLetters();

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{Nd}_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
