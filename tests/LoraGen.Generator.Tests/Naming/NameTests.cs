using System.Reflection;
using LoraGen.Generator.Emitting;
using LoraGen.Generator.Graph;

namespace LoraGen.Generator.Tests.Naming;

public sealed class NameTests
{
    [Theory]
    [InlineData("q_proj", "QProj")]
    [InlineData("fc", "Fc")]
    [InlineData("FC", "FC")]
    [InlineData("_private", "Private")]
    [InlineData("m_camelCase", "MCamelCase")]
    [InlineData("layer__1", "Layer1")]
    [InlineData("_1", "_1")]
    [InlineData("___", "_")]
    [InlineData("ı", "ı")]
    [InlineData("i", "I")]
    [InlineData("count", "Count_")]
    [InlineData("GetHashCode", "GetHashCode_")]
    [InlineData("block_sites", "BlockSites_")]
    public void Property(string member, string expected) => Assert.Equal(expected, new PropertyNames(["BlockSites"]).Take(member));

    [Fact]
    public void Each_property_once()
    {
        var names = new PropertyNames([]);

        Assert.Equal(["Fc", "Fc_", "Fc__", "Fc___"], new[] { "fc", "Fc", "_fc", "fc_" }.Select(names.Take));
    }

    [Fact]
    public void Properties_keep_clear_of_all_that_an_adapter_has()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var methods = typeof(Adapter<>).GetMethods(All).Where(method => (method.IsPublic || method.IsFamily) && !method.IsSpecialName);
        var members = methods.Concat<MemberInfo>(typeof(Adapter<>).GetProperties().Where(property => property.GetIndexParameters().Length == 0))
            .Select(member => member.Name)
            .Distinct();

        Assert.All(members, member => Assert.Equal(member + "_", new PropertyNames([]).Take(member)));
    }

    [Theory]
    [InlineData("style", "Style")]
    [InlineData("my-style", "MyStyle")]
    [InlineData("a.b/c d_e", "ABCDE")]
    [InlineData("v2", "V2")]
    [InlineData("2nd", "2nd")]
    [InlineData("ALL", "ALL")]
    [InlineData("…", "")]
    [InlineData("", "")]
    public void Part_of_the_adapters_type(string adapter, string expected) => Assert.Equal(expected, AdapterTypeName.From(adapter));

    [Theory]
    [InlineData("global::Acme.TinyGpt", "Acme.TinyGpt.Lora.g.cs")]
    [InlineData("global::Acme.@event.@class", "Acme.event.class.Lora.g.cs")]
    [InlineData("global::Pair<global::A, int[]>", "Pair{A,-int--}.Lora.g.cs")]
    [InlineData("global::Block<>", "Block{}.Lora.g.cs")]
    public void File(string model, string expected) => Assert.Equal(expected, HintNames.Of(model, "Lora"));

    [Theory]
    [InlineData("fc", "fc")]
    [InlineData("out", "@out")]
    [InlineData("field", "@field")]
    [InlineData("record", "@record")]
    public void Identifier(string name, string expected) => Assert.Equal(expected, Code.Identifier(name));

    [Theory]
    [InlineData("a\r\nb\u0085c\u2028d\u2029e\tf", "a  b c d e f")]
    public void Comment_stays_on_its_line(string text, string expected) => Assert.Equal(expected, Code.Comment(text));
}
