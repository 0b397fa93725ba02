using System.Globalization;
using System.Text;

namespace LoraGen.Analyzers;

/// <summary>
/// Reads JSON (RFC 8259) to dictionaries, lists, strings, doubles, bools and null. An analyzer can't bring packages along, and the files are small.
/// </summary>
internal sealed class JsonReader
{
    // Deeper than any configuration, and far from a stack overflow.
    private const int MostDepth = 64;

    private readonly string _text;
    private int _at;
    private bool _failed;

    private JsonReader(string text) => _text = text;

    /// <summary>The value of the whole text; false if the text isn't strictly valid JSON.</summary>
    public static bool TryRead(string text, out object? value)
    {
        var reader = new JsonReader(text);
        value = reader.Value(0);
        reader.SkipSpace();
        return !reader._failed && reader._at == text.Length;
    }

    private object? Value(int depth)
    {
        SkipSpace();
        if (_failed || _at == _text.Length || depth > MostDepth)
            return Fail();

        return _text[_at] switch
        {
            '{' => Object(depth),
            '[' => List(depth),
            '"' => String(),
            't' => Word("true", true),
            'f' => Word("false", false),
            'n' => Word("null", null),
            _ => Number(),
        };
    }

    private Dictionary<string, object?> Object(int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        if (Take('}'))
            return members;

        do
        {
            SkipSpace();
            var name = String();
            if (!Take(':'))
                Fail();
            members[name] = Value(depth + 1);
        }
        while (!_failed && Take(','));

        if (!Take('}'))
            Fail();
        return members;
    }

    private List<object?> List(int depth)
    {
        var items = new List<object?>();
        _at++;
        if (Take(']'))
            return items;

        do
        {
            items.Add(Value(depth + 1));
        }
        while (!_failed && Take(','));

        if (!Take(']'))
            Fail();
        return items;
    }

    private string String()
    {
        if (_at == _text.Length || _text[_at] != '"')
        {
            Fail();
            return string.Empty;
        }

        var result = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] >= ' '; _at++)
        {
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return result.ToString();
                case '\\':
                    result.Append(Escaped());
                    break;
                case var plain:
                    result.Append(plain);
                    break;
            }
        }

        Fail();
        return string.Empty;
    }

    // Leaves the reader on the last character of the escape.
    private char Escaped()
    {
        _at++;
        switch (_at < _text.Length ? _text[_at] : ' ')
        {
            case '"' or '\\' or '/':
                return _text[_at];
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _at + 4 < _text.Length
                && ushort.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                Fail();
                return ' ';
        }
    }

    private object? Number()
    {
        var start = _at;
        Skip('-');
        var whole = Digits();
        var isWhole = whole == 1 || (whole > 1 && _text[_at - whole] != '0');
        var isFraction = !Skip('.') || Digits() > 0;
        var isExponent = !(Skip('e') || Skip('E')) || ExponentDigits() > 0;
        return isWhole && isFraction && isExponent
            && double.TryParse(_text.Substring(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : Fail();
    }

    private int ExponentDigits()
    {
        if (!Skip('+'))
            Skip('-');
        return Digits();
    }

    private int Digits()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
            _at++;
        return _at - start;
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            return Fail();

        _at += word.Length;
        return value;
    }

    private bool Take(char expected)
    {
        SkipSpace();
        return Skip(expected);
    }

    private bool Skip(char expected)
    {
        if (_at == _text.Length || _text[_at] != expected)
            return false;

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\n' or '\r'))
            _at++;
    }

    private object? Fail()
    {
        _failed = true;
        return null;
    }
}
