using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LoraGen.Formats;

/// <content>Escapes and sets.</content>
internal sealed partial class PythonRegexTranslator
{
    private void Escape()
    {
        var c = _at < _python.Length ? _python[_at] : throw Fault(@"the expression ends with \");
        switch (c)
        {
            case 'A' or 'b' or 'B' or 'Z' or 'z':
                _at++;
                _result.Append('\\').Append(c == 'Z' ? 'z' : c);
                _element = NothingToRepeat;
                break;
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                _at++;
                Element($"\\{c}");
                break;
            case >= '1' and <= '9' when !Octal().Match(_python, _at).Success:
                var digits = Digits().Match(_python, _at).Value;
                _at += digits.Length;
                Element(Reference(digits));
                break;
            default:
                Literal(Character());
                break;
        }
    }

    private void Set()
    {
        var set = new StringBuilder("[");
        if (Take("^"))
            set.Append('^');

        // The first bracket is a character.
        if (Take("]"))
            set.Append(@"\]");
        while (!Take("]"))
        {
            var c = _at < _python.Length ? _python[_at++] : throw Fault("] is missing");
            set.Append(c switch
            {
                '\\' => SetEscape(),
                '[' => @"\[",
                _ when char.IsSurrogate(c) => throw Fault("characters beyond U+FFFF can't be in a set"),
                _ => c.ToString(),
            });
        }

        Element(set.Append(']').ToString());
    }

    private string SetEscape()
    {
        var c = _at < _python.Length ? _python[_at] : throw Fault("] is missing");
        if (c is 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'b')
        {
            _at++;
            return $"\\{c}";
        }

        var text = Character();
        return text.Length > 1 ? throw Fault("characters beyond U+FFFF can't be in a set") : $"\\u{(int)text[0]:X4}";
    }

    // The character of an escape in either place.
    private string Character()
    {
        var c = _python[_at];
        if (c is >= '0' and <= '9')
        {
            if (Octal().Match(_python, _at) is not { Success: true } octal)
                throw Fault($"\\{c} is not known in Python here");
            _at += octal.Length;
            return ((char)Convert.ToInt32(octal.Value, 8)).ToString();
        }

        _at++;
        return c switch
        {
            'a' => "\a",
            'f' => "\f",
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'v' => "\v",
            'x' => Hexadecimal(2),
            'u' => Hexadecimal(4),
            'U' => Hexadecimal(8),
            'N' => throw Fault(@"\N can't be translated; write the character itself"),
            _ when char.IsAsciiLetter(c) => throw Fault($"\\{c} is not known in Python"),
            _ when char.IsHighSurrogate(c) && _at < _python.Length => $"{c}{_python[_at++]}",
            _ => c.ToString(),
        };
    }

    private string Hexadecimal(int length)
    {
        var digits = _python.AsSpan(_at, Math.Min(length, _python.Length - _at));
        if (digits.Length < length || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Fault($"{length} hexadecimal digits are expected");

        _at += length;
        return length < 8 ? ((char)code).ToString() : Rune.IsValid(code) ? new Rune(code).ToString() : throw Fault("there is no such character");
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => char.IsAscii(c) ? Regex.Escape(c.ToString()) : c.ToString()));

    // A number after \ is octal if it begins with 0 or has three octal digits.
    [GeneratedRegex(@"\G(?:0[0-7]{0,2}|[0-3][0-7]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Octal();

    [GeneratedRegex(@"\G[0-9]{1,2}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
