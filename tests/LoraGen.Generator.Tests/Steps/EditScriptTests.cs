using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Steps;

/// <summary>After each edit of a history, the result is that of a driver without one.</summary>
public sealed class EditScriptTests
{
    private static readonly Edit[] Edits =
    [
        Edit.Append("Other.cs", "// note\n"),
        Edit.Replace("First.cs", "Rank = 2", "Rank = 4, Alpha = 8"),
        Edit.Replace("First.cs", "Linear(Width, 4)", "Linear(Width, 4 + 0)"),
        Edit.Replace("Block.cs", "Inner = 8", "Inner = 16"),
        Edit.Replace("Block.cs", "Linear(4, Inner)", "Linear(4, Inner / 2)"),
        Edit.Replace("Block.cs", "down", "out"),
        Edit.Replace("Assembly.cs", "typeof(Third)", "typeof(Block)"),
        Edit.Replace("Assembly.cs", "Rank = 4", "Rank = 4, Name = \"style\""),
        Edit.Replace("First.cs", "private readonly Block", "[LoraIgnore] private readonly Block"),
        Edit.Add("Fourth.cs", "[Lora, Lora(Name = \"other\")] public sealed class Fourth() : Module<Tensor, Tensor>(\"\") { Block b; Third t; }"),
        Edit.Replace("Fourth.cs", "Block b;", "[Lora(Rank = 1, Name = \"other\")] Block b;"),
        Edit.Remove("Second.cs"),
        Edit.Replace("First.cs", "[LoraIgnore] ", ""),
        Edit.Replace("First.cs", "private readonly Block block = new();", "private readonly ModuleList<Block> block = new();"),
        Edit.Add("Wide.cs", "public class Wide : Block { private readonly Linear more = nn.Linear(1, 2); }"),
        Edit.Replace("First.cs", "ModuleList<Block>", "ModuleList<Wide>"),
        Edit.Replace("Wide.cs", ": Block", ": Third"),
        Edit.Remove("Block.cs"),
        Edit.Remove("Usings.cs"),
        Edit.Add("Usings.cs", TestProject.Project.Sources[0].Text),
        Edit.Add("Block.cs", "namespace Elsewhere { public class Block { } } public class Block : Module<Tensor, Tensor> { Linear up; }"),
        Edit.Remove("Assembly.cs"),
    ];

    [Fact]
    public void Build() => Assert.NotEmpty(EditScript.On(Shop.Run).Then(Edits).Run().Sources);

    [Fact]
    public void Without_interceptors() => Assert.NotEmpty(EditScript.On(Shop.WithoutInterceptors).Then(Edits).Run().Sources);

    /// <summary>Every prefix of a model, as it is typed, and every suffix.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Typing(bool fromTheEnd)
    {
        var text = Shop.Run.Sources.Single(file => file.Path == "First.cs").Text;
        var states = Enumerable.Range(0, text.Length / 9).Select(step => fromTheEnd ? text[(step * 9)..] : text[..(step * 9)]);
        var edits = states.SelectMany(state => new[] { Edit.Remove("First.cs"), Edit.Add("First.cs", state) });

        Assert.NotEmpty(EditScript.On(Shop.WithoutInterceptors).Then(edits).Run().Sources);
    }
}
