namespace LoraGen.Generator.Tests.Styles;

/// <summary>Models and blocks with type parameters.</summary>
[Collection(nameof(RunsTorch))]
public class GenericModelTests
{
    [Fact]
    public void A_generic_block()
    {
        Style.Adapts("""
            public class Block<T> : Module<Tensor, Tensor> where T : struct
            {
                private readonly Linear fc = Linear(4, 4);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }

            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Block<int> first = new();
                private readonly ModuleList<Block<long>> rest = new(new Block<long>());

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => rest[0].forward(first.forward(x));
            }
            """, "first.fc", "rest.0.fc");
    }

    [Fact]
    public void A_generic_model_gets_a_generic_adapter()
    {
        var outcome = TestProject.Project.Files("""
            [Lora(Rank = 2)]
            public class Model<TConfig, TOther> : Module<Tensor, Tensor>
                where TConfig : class, IDisposable, new()
                where TOther : unmanaged
            {
                public readonly Linear open = Linear(4, 4);
                private readonly Linear hidden = Linear(4, 4);
                private readonly Inner inner = new();

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => inner.forward(hidden.forward(open.forward(x)));
            }

            public class Inner : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Inner() : base("Inner") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }

            public sealed class Config : IDisposable
            {
                public void Dispose()
                {
                }
            }

            [Lora(Rank = 2)]
            public class Closed : Model<Config, int>;

            public static class Program
            {
                public static string Paths()
                {
                    using var model = new Model<Config, int>();
                    using ModelLora<Config, int> lora = model.AttachLora();
                    return string.Join(" ", lora.Sites.Select(site => site.Path)) + " " + lora.Open.Path;
                }
            }
            """).Run();
        using var code = outcome.Load();

        Assert.Equal("open hidden inner.fc open", code.Type("Program").GetMethod("Paths")!.Invoke(null, null));
    }

    [Fact]
    public void A_model_within_a_generic_class()
    {
        var outcome = TestProject.Project.Files("""
            public class Outer<T>
            {
                [Lora(Rank = 2)]
                public class Model : Module<Tensor, Tensor>
                {
                    private readonly Linear fc = Linear(4, 4);

                    public Model() : base("Model") => RegisterComponents();

                    public override Tensor forward(Tensor x) => fc.forward(x);
                }
            }

            public static class Program
            {
                public static string Paths()
                {
                    using var model = new Outer<string>.Model();
                    using OuterModelLora<string> lora = model.AttachLora();
                    return string.Join(" ", lora.Sites.Select(site => site.Path));
                }
            }
            """).Run();
        using var code = outcome.Load();

        Assert.Equal("fc", code.Type("Program").GetMethod("Paths")!.Invoke(null, null));
    }
}
