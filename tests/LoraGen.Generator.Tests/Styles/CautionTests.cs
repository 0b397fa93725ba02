using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>Models whose classes are experimental or obsolete: what the user's code allows, generated code does too.</summary>
[Collection(nameof(RunsTorch))]
public sealed class CautionTests
{
    private const string Experimental = "[System.Diagnostics.CodeAnalysis.Experimental(\"NEW1\")]";
    private const string Error = "[Obsolete(\"It \\\"goes\\\".\", true)]";
    private const string ErrorWithId = "[Obsolete(\"It goes.\", true, DiagnosticId = \"OLD1\", UrlFormat = \"url/{0}\")]";

    [Theory]
    [InlineData(Experimental)]
    [InlineData("[Obsolete]")]
    [InlineData("[Obsolete(\"It goes.\", DiagnosticId = \"OLD1\")]")]
    [InlineData(Error)]
    [InlineData(ErrorWithId)]
    public void The_model(string attribute) => Style.Adapts(Project($$"""
        {{attribute}}
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        {{attribute}}
        internal static class Use
        {
            public static Tensor Of(Model model, Tensor x)
            {
                using ModelLora lora = model.AttachLora();
                return model.forward(x);
            }
        }
        """), "fc");

    [Theory]
    [InlineData(Experimental)]
    [InlineData("[Obsolete]")]
    [InlineData(Error)]
    [InlineData(ErrorWithId)]
    public void A_block(string attribute)
    {
        var isObsolete = attribute.Contains("Obsolete", StringComparison.Ordinal) ? "[Obsolete]" : string.Empty;
        Style.Adapts(Project($$"""
            {{attribute}}
            public class Block : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }

            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                {{isObsolete}} private readonly Block block;
                {{isObsolete}} private readonly ModuleList<Block> blocks;

                {{isObsolete}}
                public Model() : base("Model")
                {
                    block = new();
                    blocks = new(new Block());
                    RegisterComponents();
                }

                {{(isObsolete.Length == 0 ? string.Empty : "#pragma warning disable CS0672, CS0809")}}
                {{isObsolete}}
                public override Tensor forward(Tensor x) => blocks[0].call(block.call(x));
            }
            """), "block.fc", "blocks.0.fc");
    }

    [Theory]
    [InlineData(Experimental)]
    [InlineData(ErrorWithId)]
    public void A_layer_of_a_model_whose_calls_are_intercepted(string attribute) => Style.Adapts(Project($$"""
        {{attribute}}
        public class Own() : Module<Tensor, Tensor>("Own"), ILinearLayer
        {
            private readonly Parameter weight = new(randn(4, 4));

            public long InFeatures => 4;
            public long OutFeatures => 4;
            public Tensor Weight => weight;
            public Tensor? Bias => null;

            public override Tensor forward(Tensor x) => x.matmul(weight.t());
        }

        {{attribute}}
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Own fc = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """), "fc");

    [Theory]
    [InlineData("record Pair(Linear First, Linear Second)")]
    [InlineData("record struct Pair(Linear First, Linear Second)")]
    public void A_type_that_holds_layers(string pair) => Style.Adapts(Project($$"""
        {{Experimental}}
        public {{pair}};

        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Pair pair = new(Linear(4, 4), Linear(4, 4));

            public Model() : base("Model")
            {
                register_module("first", pair.First);
                register_module("second", pair.Second);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => pair.Second.forward(pair.First.forward(x));
        }
        """), "first", "second");

    [Fact]
    public void The_configuration() => Style.Adapts(Project($$"""
        public sealed class Config { {{Experimental}} public int Hidden { get; set; } = 6; }

        {{Experimental}}
        public sealed class Options { public int Width = 4; }

        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly Options options;

            public Model() : this(new Config(), new Options()) { }

            public Model(Config config, Options options) : base("Model")
            {
                this.options = options;
                fc = Linear(options.Width, config.Hidden);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """), "fc");

    [Fact]
    public void A_user_defined_method_of_a_member() => Analysis.EnsureSilent(Project($$"""
        {{ErrorWithId}}
        public sealed record ScaleMethod : AdapterMethod
        {
            protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Scale", [layer.Outputs], ".scale")];

            protected override void Start(Site site) => init.ones_(site["Scale"]);

            protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * call.Site["Scale"];
        }

        [Obsolete]
        [Adapter<ScaleMethod>]
        public class Model : Module<Tensor, Tensor>
        {
            [Adapter<ScaleMethod>] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """).Run());

    [Fact]
    public void The_generated_types_have_the_attributes_of_the_model_and_of_the_class_around_it()
    {
        using var code = Style.Adapts(Project($$"""
            {{ErrorWithId}}
            public static class Outer
            {
                {{Experimental}}
                [Lora(Rank = 2)]
                public class Model : Module<Tensor, Tensor>
                {
                    private readonly Linear fc = Linear(4, 4);

                    public Model() : base("Model") => RegisterComponents();

                    public override Tensor forward(Tensor x) => fc.forward(x);
                }
            }
            """), "fc").Load();

        foreach (var name in new[] { "OuterModelLora", "OuterModelLoraExtensions" })
        {
            var attributes = code.Type(name).GetCustomAttributes(inherit: false);
            var obsolete = Assert.Single(attributes.OfType<ObsoleteAttribute>());
            Assert.Equal(("It goes.", true, "OLD1", "url/{0}"), (obsolete.Message, obsolete.IsError, obsolete.DiagnosticId, obsolete.UrlFormat));
            var experimental = Assert.Single(attributes.OfType<System.Diagnostics.CodeAnalysis.ExperimentalAttribute>());
            Assert.Equal("NEW1", experimental.DiagnosticId);
        }
    }

    private static GeneratorRun Project(string source)
    {
        return TestProject.Project.Allowing("CS0612", "CS0618").Files("#pragma warning disable NEW1, OLD1, CS0612, CS0618\n" + source);
    }
}
