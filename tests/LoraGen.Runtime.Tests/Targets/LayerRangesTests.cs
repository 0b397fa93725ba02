using System.Globalization;
using LoraGen.Targets;

namespace LoraGen.Runtime.Tests.Targets;

/// <summary>Indices and ranges mean what C#'s own Index and Range do.</summary>
public sealed class LayerRangesTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("^1")]
    [InlineData("^6")]
    [InlineData("0..6")]
    [InlineData("2..4")]
    [InlineData("..3")]
    [InlineData("3..")]
    [InlineData("..")]
    [InlineData("^4..")]
    [InlineData("..^4")]
    [InlineData("1..^1")]
    [InlineData("^3..^1")]
    public void Means_what_CSharp_says(string text)
    {
        var ranges = LayerRanges.Parse(text);
        var indices = Enumerable.Range(0, 6).ToArray();

        Assert.Equal(indices[RangeOf(text)], indices.Where(index => ranges.Contains(index, 6)));
        Assert.Empty(ranges.Beyond([6]));
    }

    [Theory]
    [InlineData("6")]
    [InlineData("^7")]
    [InlineData("^0")]
    [InlineData("0..7")]
    [InlineData("7..")]
    [InlineData("^7..")]
    [InlineData("6..")]
    [InlineData("3..3")]
    [InlineData("4..2")]
    public void Knows_what_is_beyond_a_list_or_empty(string text)
    {
        Assert.Equal([text], LayerRanges.Parse(text).Beyond([6, 2]));
    }

    [Fact]
    public void Several_add_up_and_one_list_is_enough()
    {
        var ranges = LayerRanges.Parse("0, 2..4 ,^1,3");
        Assert.Equal([0, 2, 3, 5], Enumerable.Range(0, 6).Where(index => ranges.Contains(index, 6)));
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Where(index => ranges.Contains(index, 2)));
        Assert.Empty(ranges.Beyond([2, 6]));
        Assert.Equal(["2..4", "3"], ranges.Beyond([2, 3]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("0,")]
    [InlineData("-1")]
    [InlineData("0-3")]
    [InlineData("0...3")]
    [InlineData("a..b")]
    [InlineData("^")]
    [InlineData("1.0")]
    [InlineData("99999999999999999999")]
    public void Invalid_text_is_refused(string text)
    {
        Assert.Contains("is neither an index nor a range in C#", Assert.Throws<FormatException>(() => LayerRanges.Parse(text)).Message, StringComparison.Ordinal);
    }

    private static Range RangeOf(string text)
    {
        var bounds = text.Split("..");
        if (bounds.Length == 1)
            return IndexOf(text).GetOffset(6) is var at ? at..(at + 1) : default;
        return new Range(bounds[0].Length == 0 ? Index.Start : IndexOf(bounds[0]), bounds[1].Length == 0 ? Index.End : IndexOf(bounds[1]));
    }

    private static Index IndexOf(string text)
    {
        return text[0] == '^' ? new Index(int.Parse(text[1..], CultureInfo.InvariantCulture), fromEnd: true) : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
