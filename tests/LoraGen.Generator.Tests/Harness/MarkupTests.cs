using LoraGen.Testing;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Generator.Tests.Harness;

public sealed class MarkupTests
{
    [Fact]
    public void Spans_count_in_the_clean_text()
    {
        var markup = Markup.Parse("int [|a|] = {|LORA1001:b + [|c|]|};$$\n");

        Assert.Equal("int a = b + c;\n", Assert.Single(markup.Files).Text);
        Assert.Equal(
            [
                new MarkupSpan("Input.cs", null, new TextSpan(4, 1)),
                new MarkupSpan("Input.cs", "LORA1001", new TextSpan(8, 5)),
                new MarkupSpan("Input.cs", null, new TextSpan(12, 1)),
            ],
            markup.Spans);
        Assert.Equal([new MarkupPosition("Input.cs", 14)], markup.Positions);
    }

    [Fact]
    public void Files_are_marked_separately()
    {
        var markup = Markup.Parse("""

            // file: A.cs
            class A;
            // file: B.cs
            class [|B|];
            """);

        Assert.Equal([new SourceFile("A.cs", "class A;\n"), new SourceFile("B.cs", "class B;\n")], markup.Files);
        Assert.Equal([new MarkupSpan("B.cs", null, new TextSpan(6, 1))], markup.Spans);
    }

    [Theory]
    [InlineData("if (x is { Length: > 0 } || y) { }\n")]
    [InlineData("// { | } and {| | and {|no colon\n")]
    public void Code_is_not_mistaken_for_markup(string text) => Assert.Equal(text, Markup.Parse(text).Files[0].Text);

    [Theory]
    [InlineData("a\nb |] c", "line 2: '|]' closes nothing")]
    [InlineData("a\n{|LORA1:b", "line 2: the span is never closed by '|}'")]
    [InlineData("[|a\n{|LORA1:b|]|}", "line 2: '|]' stands where '|}' must close the span begun at line 2")]
    public void Broken_markup_says_where(string text, string expected) => Assert.Contains(expected, Tiny.Fails(() => Markup.Parse(text)));
}
