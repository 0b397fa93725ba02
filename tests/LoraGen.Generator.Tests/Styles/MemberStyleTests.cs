using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>How a model's members hold its layers.</summary>
[Collection(nameof(RunsTorch))]
public sealed class MemberStyleTests
{
    [Theory]
    [InlineData("private readonly Linear fc;", "fc")]
    [InlineData("public Linear fc;", "fc")]
    [InlineData("protected internal readonly Linear fc;", "fc")]
    [InlineData("private protected Linear fc;", "fc")]
    [InlineData("private readonly Linear? fc;", "fc")]
    [InlineData("private readonly Module<Tensor, Tensor> fc;", "fc")]
    [InlineData("private readonly IModule<Tensor, Tensor> fc;", "fc")]
    [InlineData("public IModule<Tensor, Tensor> fc;", "fc")]
    [InlineData("private readonly torch.nn.Module fc;", "fc")]
    [InlineData("private readonly object fc;", "fc")]
    [InlineData("[TorchSharp.Utils.ComponentName(Name = \"dense\")] private readonly Linear fc;", "dense")]
    [InlineData("public Linear fc { get; }", "fc")]
    [InlineData("private Linear fc { get; set; }", "fc")]
    [InlineData("public Linear fc { private get; init; }", "fc")]
    [InlineData("[field: TorchSharp.Utils.ComponentName(Name = \"dense\")] public Linear fc { get; }", "dense")]
    public void One_layer(string declaration, string path) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            {{declaration}}

            public Model() : base("Model")
            {
                fc = Linear(4, 3);
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => ((Module<Tensor, Tensor>)fc!).forward(input);
        }
        """, path);

    [Fact]
    public void Several_declarators() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear a, b = Linear(4, 3), c;

            public Model() : base("Model")
            {
                (a, c) = (Linear(4, 4), Linear(3, 2));
                RegisterComponents();
            }

            public override Tensor forward(Tensor input) => c.forward(b.forward(a.forward(input)));
        }
        """, "a", "b", "c");

    [Fact]
    public void Names_that_are_keywords() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            public readonly Linear @out = Linear(4, 4);
            private readonly Linear @base = Linear(4, 4), @class = Linear(4, 4), field = Linear(4, 4), value = Linear(4, 4), await = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
                => await.forward(value.forward(field.forward(@class.forward(@base.forward(@out.forward(x))))));
        }
        """, "out", "base", "class", "field", "value", "await");

    [Fact]
    public void Field_keyword() => Style.Adapts((TestProject.Project with { LanguageVersions = [LanguageVersion.Preview] }).Files("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private Linear Shut { get => field; set => field = value ?? throw new ArgumentNullException(nameof(value)); }

            public Linear Lazy => field ??= Linear(4, 4);

            public Model() : base("Model")
            {
                Shut = Linear(4, 4);
                _ = Lazy;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => Lazy.forward(Shut.forward(x));
        }
        """), "Shut", "Lazy");

    [Fact]
    public void Null_and_conditional_members()
    {
        const string Source = """
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear? skip, gate;
                private readonly Linear never = null!;
                private readonly Block? first, second;

                public Model(bool isGated = true) : base("Model")
                {
                    if (isGated)
                        gate = Linear(4, 4);
                    second = new Block();
                    RegisterComponents();
                }

                public Model(int _) : this(false)
                {
                    skip = Linear(4, 4);
                    first = new Block();
                }

                public Model() : this(true)
                {
                }

                public override Tensor forward(Tensor x)
                {
                    x = second!.forward(x);
                    x = gate?.forward(x) ?? x;
                    return skip?.forward(x) ?? first?.forward(x) ?? never?.forward(x) ?? x;
                }
            }

            public class Block : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """;
        var outcome = Style.Adapts(Source, "gate", "second.fc");

        using var code = outcome.Load();
        using var lora = LoadedModel.Only(code).Attach();
        Assert.Null(LoadedModel.Read(lora, "Skip"));
        Assert.Null(LoadedModel.Read(lora, "First"));
        Assert.Equal("second.fc", ((Site)LoadedModel.Read(lora, "Second.Fc")!).Path);
        Assert.Contains("\"never\"", Assert.Throws<InvalidOperationException>(() => LoadedModel.Read(lora, "Never")).Message);
    }

    [Fact]
    public void Static_members_are_left_alone()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private static readonly Linear Shared = Linear(4, 4);
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(Shared.forward(x));
            }
            """, "fc");

        Assert.DoesNotContain("Shared", outcome["Model.Lora.g.cs"]);
    }
}
