using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>A program: the model, the attribute and top-level statements side by side.</summary>
[Collection(nameof(RunsTorch))]
public sealed class ProgramTests
{
    private static readonly Edit AsProgram = new(
        "compile as a program",
        project => project.WithOptions(project.Options.WithOutputKind(OutputKind.ConsoleApplication)));

    [Fact]
    public void Top_level_statements()
    {
        var outcome = TestProject.Project.Without(Checks.Compiles).Files("""
            // file: Program.cs
            [assembly: Lora(typeof(Model), Rank = 2, InitB = LoraInit.Gaussian)]

            using var model = new Model();
            using var lora = model.AttachLora();
            var x = ones(2, 4);
            using (no_grad())
            {
                var difference = model.fc.forward(x) - (x.matmul(model.fc.weight!.t()) + model.fc.bias!);
                return difference.abs().max().item<float>() > 1e-3 ? 0 : 1;
            }
            // file: Model.cs
            public class Model : Module<Tensor, Tensor>
            {
                public readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """).Run().After(AsProgram);

        CompileCheck.Verify(outcome, LanguageVersion.Latest);
        using var code = outcome.Load();
        Assert.Equal(0, code.Assembly.EntryPoint!.Invoke(null, [Array.Empty<string>()]));
    }
}
