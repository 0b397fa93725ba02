using LoraGen.Training.Cleaning;

namespace LoraGen.Training.Tests.Data.Cleaning;

/// <summary>Personal data is found in its usual forms, and numbers that are none stay.</summary>
public sealed class PersonalDataFilterTests
{
    [Theory]
    [InlineData("write to jane.doe+news@mail.example.org.", "write to [EMAIL].")]
    [InlineData("<o'neil@example.co.uk>, müller@straße.de", "<[EMAIL]>, [EMAIL]")]
    [InlineData("mailto:a@b.io?subject=x", "mailto:[EMAIL]?subject=x")]
    [InlineData("a@b, @handle, user@localhost, 5 @ 3.50, a@@b.de", "a@b, @handle, user@localhost, 5 @ 3.50, a@@b.de")]
    public void Mail_addresses(string text, string expected) => Filtered(text, expected, counts => counts.Mails);

    /// <summary>Numbers that card networks publish for tests.</summary>
    [Theory]
    [InlineData("card 4111 1111 1111 1111.", "card [CARD].")]
    [InlineData("4012888888881881 and 5555-5555-5555-4444", "[CARD] and [CARD]")]
    [InlineData("3782 822463 10005", "[CARD]")]
    [InlineData("1 4111111111111111", "1 [CARD]")]
    [InlineData("4111 1111 1111 1112 isn't one", "4111 1111 1111 1112 isn't one")]
    [InlineData("order 9411111111111111 41111111111111111111", "order 9411111111111111 41111111111111111111")]
    public void Card_numbers(string text, string expected) => Filtered(text, expected, counts => counts.Cards);

    [Theory]
    [InlineData("+49 30 1234567", "[PHONE]")]
    [InlineData("+49 (0)30 123-4567", "[PHONE]")]
    [InlineData("0049 30 1234567", "[PHONE]")]
    [InlineData("call 030/1234567 or (030) 123 45 67!", "call [PHONE] or [PHONE]!")]
    [InlineData("(555) 123-4567, 555-123-4567, 555.123.4567", "[PHONE], [PHONE], [PHONE]")]
    [InlineData("+1 555 123 4567", "[PHONE]")]
    [InlineData("+442079460958", "[PHONE]")]
    [InlineData("on 2026-11-30, 01.02.2026, 01/02/2026 at 12:30", "on 2026-11-30, 01.02.2026, 01/02/2026 at 12:30")]
    [InlineData("0.12345678, 3.14159265, 1,234,567 and 1234567890", "0.12345678, 3.14159265, 1,234,567 and 1234567890")]
    [InlineData("10.0.0.127, v0.1.2, ISBN 978-3-16-148410-0, 0x12345678", "10.0.0.127, v0.1.2, ISBN 978-3-16-148410-0, 0x12345678")]
    [InlineData("-0123456789, 007, 110", "-0123456789, 007, 110")]
    public void Telephone_numbers(string text, string expected) => Filtered(text, expected, counts => counts.Telephones);

    [Theory]
    [InlineData("Ada Lovelace, ADA\nLOVELACE and Ada's notes", "[NAME], [NAME] and [NAME]'s notes")]
    [InlineData("Adam and Canada", "Adam and Canada")]
    [InlineData("Émile Zola, émile zola", "[NAME], [NAME]")]
    public void Names(string text, string expected)
    {
        Filtered(text, expected, counts => counts.Names, new PersonalDataOptions { Names = ["Ada", "Ada Lovelace", "Émile Zola"] });
    }

    [Fact]
    public void Counts_are_added_and_kinds_can_be_left()
    {
        var filter = new PersonalDataFilter(new PersonalDataOptions { Telephone = null, Mail = "<mail>", Names = ["Ada"] });

        Assert.Equal("<mail> 030/1234567 [CARD] [NAME]", filter.Filter("a@b.de 030/1234567 4111111111111111 Ada", out var first));
        filter.Filter("c@d.de", out var second);

        var sum = first + second;
        Assert.Equal((new PersonalDataCounts(2, 0, 1, 1), 4), (sum, sum.Total));
        Assert.Equal("2 mail addresses, 0 telephone numbers, 1 card numbers and 1 names were replaced.", sum.ToString());
        Assert.Throws<ArgumentException>(() => new PersonalDataFilter(new PersonalDataOptions { Names = [" "] }));
    }

    /// <summary>Texts for which patterns that can match in several ways need exponential time.</summary>
    [Fact]
    public void Long_runs_of_characters_are_searched_once()
    {
        string[] runs = ["1", "0 ", "0-", "(0)", "a.", "a-", "+4", "@", "a@b.", "4 "];
        var texts = runs.SelectMany(run => new[] { "", "+49", "0", "a@" }.Select(start => start + string.Concat(Enumerable.Repeat(run, 5000)) + "x"));

        Assert.All(texts, text => Assert.Equal(text, new PersonalDataFilter().Filter(text, out _)));
    }

    /// <summary>79927398713 is the example of Wikipedia's article on Luhn's algorithm: no other last digit is right.</summary>
    [Fact]
    public void Luhns_check()
    {
        Assert.Equal([3], Enumerable.Range(0, 10).Where(digit => PersonalDataFilter.IsLuhn($"7992739871{digit}")));
    }

    private static void Filtered(string text, string expected, Func<PersonalDataCounts, long> count, PersonalDataOptions? options = null)
    {
        Assert.Equal(expected, new PersonalDataFilter(options).Filter(text, out var counts));
        Assert.Equal(expected.Count(character => character == '['), count(counts));
        Assert.Equal(count(counts), counts.Total);
    }
}
