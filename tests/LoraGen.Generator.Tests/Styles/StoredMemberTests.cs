using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>Members are read as they are stored: no getter runs, and every layer has one path without the compiler's names.</summary>
[Collection(nameof(RunsTorch))]
public class StoredMemberTests
{
    [Fact]
    public void Getters_that_throw_or_create()
    {
        Style.Adapts((TestProject.Project with { LanguageVersions = [LanguageVersion.Preview] }).Files("""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Linear Head { get => field ?? throw new InvalidOperationException("no head yet"); set; }

                public Linear Made { get => field ??= Linear(4, 4); set; }

                public Linear[] Many { get => field ?? throw new InvalidOperationException("none yet"); set; }

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """), "fc");
    }

    [Fact]
    public void Properties_that_a_derived_class_overrides()
    {
        Style.Adapts("""
            public abstract class Base() : Module<Tensor, Tensor>("Base")
            {
                public virtual Linear Head { get; } = Linear(4, 4);
            }

            [Lora(Rank = 2)]
            public class Model : Base
            {
                private readonly Linear fc = Linear(4, 4);

                public override Linear Head => throw new InvalidOperationException("overridden");

                public Model() => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(base.Head.forward(x));
            }
            """, "fc", "Head");
    }

    [Fact]
    public void Captured_parameters_behind_any_type()
    {
        var outcome = Style.Adapts("""
            #pragma warning disable LORA3001
            public sealed class Block(Linear proj) : Module<Tensor, Tensor>("Block")
            {
                private readonly Linear own = Linear(4, 4);

                public override Tensor forward(Tensor x) => own.forward(proj.forward(x));
            }

            [Lora(Rank = 2, Targets = ["proj"])]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Block a = new(Linear(4, 4));
                private readonly Module<Tensor, Tensor> b = new Block(Linear(4, 4));

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => b.call(a.call(x));
            }
            """, "a.proj", "b.proj");

        Assert.Contains("Proj", outcome["Model.Lora.g.cs"], StringComparison.Ordinal);
    }
}
