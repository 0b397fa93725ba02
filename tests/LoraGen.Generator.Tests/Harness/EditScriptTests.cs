using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class EditScriptTests
{
    private static readonly Edit[] Edits =
    [
        Edit.Append("Model.cs", "// comment\n"),
        Edit.Replace("Model.cs", "= 16;", "= 16; private readonly int beta;"),
        Edit.Add("Second.cs", "[Tiny] internal sealed class Second { int a; }"),
        Edit.Remove("Model.cs"),
    ];

    [Fact]
    public void Sound_generator_is_the_same_warm_and_cold() =>
        Assert.Equal(["Second.g.cs"], EditScript.On(Tiny.Run).Then(Edits).Run().Sources.Keys);

    [Fact]
    public void Stale_output_is_found()
    {
        var stale = GeneratorRun.Of<StaleGenerator>(Tiny.Rules) with { Sources = Tiny.Run.Sources };

        var message = Tiny.Fails(() => EditScript.On(stale).Then(Edits).Run());

        Assert.StartsWith("After edit 2 of 4 the incremental result is not the cold one (-): 'Model.g.cs' differs", message);
        Assert.Contains("-    public const int Fields = 3;\n+    public const int Fields = 2;\n", message);
        Assert.Contains("  2. replace '= 16;' by", message);
    }

    [Fact]
    public void Edit_that_does_not_fit_is_refused()
    {
        Assert.Contains("wants to replace 'gone' in Model.cs", Tiny.Fails(() => Tiny.Run.Run().After(Edit.Replace("Model.cs", "gone", ""))));
        Assert.Contains("has no file 'Gone.cs', but Tiny.cs, Model.cs", Tiny.Fails(() => Tiny.Run.Run().After(Edit.Remove("Gone.cs"))));
    }
}
