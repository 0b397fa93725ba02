using LoraGen.Formats;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Python's regular expressions: the expected values are those of its re module (3.12).</summary>
public sealed class PythonRegexTests
{
    [Theory]
    [InlineData(@"(?P<n>a|b)-(?P=n)", "a-a", true)]
    [InlineData(@"(?P<n>a|b)-(?P=n)", "a-b", false)]
    [InlineData(@"(?P<n>a)(b)\2", "abb", true)] // Named groups are numbered with the others.
    [InlineData(@"(?P<n>a)(b)\1", "aba", true)]
    [InlineData(@"(a)?(?(1)b|c)", "ab", true)]
    [InlineData(@"(a)?(?(1)b|c)", "ac", false)]
    [InlineData(@"(?P<n>a)?(?(n)b|c)", "c", true)]
    [InlineData(@"a*+a", "aaa", false)]
    [InlineData(@"(?:ab)?+ab", "ab", false)]
    [InlineData(@"x[ab]{1,2}+b", "xab", false)]
    [InlineData(@"x[ab]{1,2}b", "xab", true)]
    [InlineData(@"a.b+.", "axbb/", true)]
    [InlineData(@"a\.b", "axb", false)]
    [InlineData(@"a{,2}", "aa", true)]
    [InlineData(@"a{,2}", "aaa", false)]
    [InlineData(@"a{,}", "aaaa", true)]
    [InlineData(@"a{2,}?", "aaa", true)]
    [InlineData(@"a{}", "a{}", true)]
    [InlineData(@"a{x}", "a{x}", true)]
    [InlineData(@"a\Z", "a", true)]
    [InlineData(@"a|ab", "ab", true)] // The whole text is matched, and not the first alternative.
    [InlineData(@"[a-z-[e]+\]", "q-[]", true)] // In .NET a subtraction.
    [InlineData(@"[a-z-[e]+", "q]", false)]
    [InlineData(@"[]a]+", "a]", true)]
    [InlineData(@"[^]a]+", "bc", true)]
    [InlineData(@"[\w.]+\.fc\d", "a.b.fc1", true)]
    [InlineData(@"[\x41\u0042\103]+", "ABC", true)]
    [InlineData(@"\x41\u0042\103\.", "ABC.", true)]
    [InlineData(@"\U0001F600+", "\U0001F600\U0001F600", true)]
    [InlineData(@"a(?#a comment (b)c", "ac", true)]
    [InlineData(@"(?i)LAYERS", "layers", true)]
    [InlineData(@"(?u)a", "a", true)]
    [InlineData(@"(?i:A)b", "ab", true)]
    [InlineData(@"(?i:A)b", "aB", false)]
    [InlineData(@"(?>a|ab)c", "abc", false)]
    [InlineData(@"(?<=a)b|a(?=b)b(?!c)", "ab", true)]
    [InlineData(@"a#b c", "a#b c", true)]
    [InlineData(@"a\_\-\é", "a_-é", true)]
    public void An_expression_matches_what_it_matches_in_Python(string expression, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegex.OfWhole(expression, "config: key").IsMatch(text));
    }

    [Theory]
    [InlineData("(", "a parenthesis is not closed")]
    [InlineData("a)", "a parenthesis is closed that is not open")]
    [InlineData("[a", "] is missing")]
    [InlineData("a\\", "ends with \\")]
    [InlineData("*a", "there is nothing to repeat")]
    [InlineData("^*", "there is nothing to repeat")]
    [InlineData("a**", "a repetition is repeated")]
    [InlineData("a{2}{3}", "a repetition is repeated")]
    [InlineData(@"\p{L}", "\\p is not known in Python")]
    [InlineData(@"\Ga", "\\G is not known in Python")]
    [InlineData(@"(a)\k<1>", "\\k is not known in Python")]
    [InlineData("(?<n>a)", "(?< is not known in Python")]
    [InlineData("(?'n'a)", "(?' is not known in Python")]
    [InlineData("(?n)a", "(?n is not known in Python")]
    [InlineData("(?x)a b", "the flags \"x\" can't be translated")]
    [InlineData("(?a)\\w", "the flags \"a\" can't be translated")]
    [InlineData("a(?i)b", "flags for the whole expression must be at its beginning")]
    [InlineData(@"\N{DIGIT ONE}", "\\N can't be translated")]
    [InlineData(@"a\1", "there is no group \"1\"")]
    [InlineData("(?P=n)", "there is no group \"n\"")]
    [InlineData("(?P<n>a)(?P<n>b)", "the group \"n\" exists twice")]
    [InlineData("(?P<1>a)", "\"1\" is not a group's name")]
    [InlineData(@"\u12", "4 hexadecimal digits are expected")]
    [InlineData("a{3,2}", "{3,2}")]
    public void What_Python_refuses_or_NET_lacks_is_an_error_with_the_place(string expression, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => PythonRegex.OfWhole(expression, "config: key"));
        Assert.StartsWith($"config: key: \"{expression}\" is not a regular expression that can be read", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_beginning_of_a_text_and_the_first_group()
    {
        var index = PythonRegex.OfStart(@".*?\.(?:layers|h)\.(\d+)\.", "");
        Assert.Equal("12", index.FirstGroup("model.h.12.experts.3.up"));
        Assert.Null(index.FirstGroup("h.12.up"));
        Assert.Equal(string.Empty, PythonRegex.OfStart("a|(b)", "").FirstGroup("ab"));
    }

    [Fact]
    public void An_expression_of_an_absurd_length_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => PythonRegex.OfWhole(new string('a', 100_001), "config: key"));
        Assert.Equal("config: key: the regular expression has 100001 characters, and the most is 100000.", error.Message);
    }
}
