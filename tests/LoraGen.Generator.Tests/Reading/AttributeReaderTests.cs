using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Reading;

/// <summary>Options of an attribute as C# text, whatever type they have: the text is compiled and gives the same value.</summary>
public sealed class AttributeReaderTests
{
    [Theory]
    [InlineData("Number = -3", "-3")]
    [InlineData("Whole = 5_000_000_000", "5000000000")]
    [InlineData("Real = 0.1", "0.1")]
    [InlineData("Real = double.NegativeInfinity", "double.NegativeInfinity")]
    [InlineData("Short = 0.5f", "(float)0.5")]
    [InlineData("Flag = true", "true")]
    [InlineData("Text = \"a \\\"quoted\\\" \\\\ text\"", "\"a \\\"quoted\\\" \\\\ text\"")]
    [InlineData("Text = null", "null!")]
    [InlineData("Letter = '\\''", "'\\''")]
    [InlineData("Day = System.DayOfWeek.Friday", "global::System.DayOfWeek.Friday")]
    [InlineData("Day = (System.DayOfWeek)9", "(global::System.DayOfWeek)9")]
    [InlineData("Kind = typeof(System.Collections.Generic.List<int>)", "typeof(global::System.Collections.Generic.List<int>)")]
    [InlineData("Numbers = new[] { 1, -2 }", "new int[] { 1, -2 }")]
    [InlineData("Texts = [\"a\", null]", "new string[] { \"a\", null! }")]
    [InlineData("Days = [System.DayOfWeek.Monday]", "new global::System.DayOfWeek[] { global::System.DayOfWeek.Monday }")]
    [InlineData("Types = [typeof(int)]", "new global::System.Type[] { typeof(int) }")]
    [InlineData("Numbers = null", "null!")]
    public void Option_is_read_with_its_type(string option, string expected)
    {
        var read = Assert.Single(AttributeReader.Read(Attribute(option)).Options);
        Assert.Equal(option.Split(' ')[0], read.Name);
        Assert.Equal(expected, read.Literal);
        Assert.Empty(Compile($"[Method({option.Split(' ')[0]} = {Argument(expected)})]").GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void What_every_adapter_has_is_no_option()
    {
        var facts = AttributeReader.Read(Attribute("Name = \"style\", Targets = [\"a\", \"b\"], Layers = \"0..2\", Number = 1"));
        Assert.Equal("style", facts.Name);
        Assert.Equal(["a", "b"], facts.Targets);
        Assert.Equal("0..2", facts.Layers);
        Assert.Equal(["Number"], facts.Options.Select(each => each.Name));
    }

    // An attribute's argument can't be a cast to float of a double, nor suppress null.
    private static string Argument(string literal) => literal.Replace("(float)0.5", "0.5f", StringComparison.Ordinal).Replace("null!", "null", StringComparison.Ordinal);

    private static AttributeData Attribute(string arguments) => Compile($"[Method({arguments})]").GetTypeByMetadataName("Model")!.GetAttributes().Single();

    private static CSharpCompilation Compile(string attribute) => CSharpCompilation.Create(
        "Options",
        [
            CSharpSyntaxTree.ParseText($$"""
                {{attribute}} public class Model;

                public sealed class MethodAttribute : System.Attribute
                {
                    public string Name { get; set; } = "";
                    public string[] Targets { get; set; } = [];
                    public string Layers { get; set; } = "";
                    public int Number { get; set; }
                    public long Whole { get; set; }
                    public double Real { get; set; }
                    public float Short { get; set; }
                    public bool Flag { get; set; }
                    public string Text { get; set; } = "";
                    public char Letter { get; set; }
                    public System.DayOfWeek Day { get; set; }
                    public System.Type Kind { get; set; } = typeof(int);
                    public int[] Numbers { get; set; } = [];
                    public string[] Texts { get; set; } = [];
                    public System.DayOfWeek[] Days { get; set; } = [];
                    public System.Type[] Types { get; set; } = [];
                }
                """),
        ],
        Basic.Reference.Assemblies.Net80.References.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
