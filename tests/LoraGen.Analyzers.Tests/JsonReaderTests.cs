namespace LoraGen.Analyzers.Tests;

public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("1", 1.0)]
    [InlineData(" -0.5e+2 ", -50.0)]
    [InlineData("0", 0.0)]
    [InlineData("1E3", 1000.0)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", null)]
    [InlineData("\"a\\\"b\\\\\\/\\u00e9\\n\"", "a\"b\\/é\n")]
    public void Reads_scalars(string text, object? expected)
    {
        Assert.True(JsonReader.TryRead(text, out var value));
        Assert.Equal(expected, value);
    }

    [Fact]
    public void Reads_objects_and_lists()
    {
        Assert.True(JsonReader.TryRead("""{ "a": [1, {"b": []}, "c"], "d": {} , "e":null}""", out var value));
        var members = Assert.IsType<Dictionary<string, object?>>(value);
        Assert.Equal(["a", "d", "e"], members.Keys.Order());
        Assert.Equal(3, Assert.IsType<List<object?>>(members["a"]).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("[")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("1 1")]
    [InlineData("// a\n1")]
    public void Refuses_what_is_not_JSON(string text) => Assert.False(JsonReader.TryRead(text, out _));

    [Fact]
    public void Refuses_what_is_too_deep() => Assert.False(JsonReader.TryRead(new string('[', 10_000) + new string(']', 10_000), out _));
}
