namespace LoraGen.Generator.Tests.Styles;

/// <summary>Layers that are no Linear: adapted where a target or an attribute names them.</summary>
[Collection(nameof(RunsTorch))]
public sealed class KindStyleTests
{
    [Theory]
    [InlineData("private readonly Conv1d layer = Conv1d(4, 4, 3, padding: 1);", "LoraSite Layer =>")]
    [InlineData("public Conv1d layer { get; } = Conv1d(4, 4, 3, Padding.Same);", "LoraSite Layer =>")]
    [InlineData("private readonly Module<Tensor, Tensor> layer = Conv1d(4, 4, 3, padding: 1, padding_mode: PaddingModes.Reflect);", "LoraSite Layer =>")]
    [InlineData("private readonly Conv1d? layer = Conv1d(4, 4, 3, padding: 1);", "LoraSite? Layer {")]
    [InlineData("private readonly Module<Tensor, Tensor> layer = new Func<Conv1d>(() => Conv1d(4, 4, 3, padding: 1))();", "LoraSite? Layer {")]
    [InlineData("private readonly dynamic layer = Conv1d(4, 4, 3, padding: 1);", null)]
    public void Convolution(string field, string? property)
    {
        foreach (var call in field.Contains("dynamic", StringComparison.Ordinal) ? new[] { "call" } : ["call", "forward"])
        {
            var outcome = Style.Adapts($$"""
                [Lora(Rank = 2, Targets = ["layer"])]
                internal sealed class Model : Module<Tensor, Tensor>
                {
                    {{field}}

                    public Model() : base("Model") => RegisterComponents();

                    public override Tensor forward(Tensor x) => layer!.{{call}}(x.unsqueeze(1).expand(-1, 4, -1));
                }
                """, "layer");
            if (property is not null)
                Assert.Contains($"public global::LoraGen.{property}", outcome["Model.Lora.g.cs"]);
        }
    }

    [Theory]
    [InlineData("Conv2d(8, 8, 3, padding: 1)", "Conv2d", "x.view(1, 1, 2, 4).expand(1, 8, 2, 4)")]
    [InlineData("Conv3d(8, 8, (1, 1, 3), padding: (0, 0, 1), dilation: (1, 1, 1))", "Conv3d", "x.view(1, 1, 1, 2, 4).expand(1, 8, 1, 2, 4)")]
    [InlineData("Conv2d(8, 8, (1, 2), Padding.Same)", "Conv2d", "x.view(1, 1, 2, 4).expand(1, 8, 2, 4)")]
    [InlineData("Embedding(11, 8)", "Embedding", "(x * 10).to(ScalarType.Int64)")]
    [InlineData("Embedding(11, 8, padding_idx: 0)", "Embedding", "(x * 10).to(ScalarType.Int64)")]
    public void Named_by_an_attribute(string made, string type, string input) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 3)]
            private readonly {{type}} layer = {{made}};

            private readonly {{type}} other = {{made}};

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => layer.forward({{input}}) + other.forward({{input}});
        }
        """, "layer");

    [Fact]
    public void Lists_and_sequences()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 1, Targets = ["convs.*", "body.1", "fc"])]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                private readonly ModuleList<Conv2d> convs = new(Conv2d(4, 4, 1), Conv2d(4, 4, 3, padding: 1, padding_mode: PaddingModes.Circular));
                private readonly Sequential body = Sequential(ReLU(), Conv2d(4, 4, 3, padding: 1), GELU());
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    x = x.view(1, 1, 2, 4).expand(1, 4, 2, 4);
                    foreach (var conv in convs)
                        x = conv.forward(x);
                    return fc.forward(body.forward(x.exp()));
                }
            }
            """, "convs.0", "convs.1", "body.1", "fc");

        Assert.Contains("public global::System.Collections.Generic.IReadOnlyList<global::LoraGen.LoraSite?> Convs", outcome["Model.Lora.g.cs"]);
        using var code = outcome.Load();
        using var lora = LoadedModel.Only(code).Attach();
        Assert.Same(lora["convs.1"], ((IReadOnlyList<LoraSite?>)LoadedModel.Read(lora, "Convs")!)[1]);
    }

    [Fact]
    public void Without_targets_only_Linear_is_adapted()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 1)]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Embedding table = Embedding(11, 4);
                private readonly Conv1d conv = Conv1d(4, 4, 1);
                private readonly ModuleList<Conv1d> convs = new(Conv1d(4, 4, 1));
                private readonly Module<Tensor, Tensor> unknown = Model.Identity(Conv1d(4, 4, 1));
                private readonly Module<Tensor, Tensor> linear = Model.Identity(Linear(4, 4));
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                private static Module<Tensor, Tensor> Identity(Module<Tensor, Tensor> module) => module;

                public override Tensor forward(Tensor x)
                {
                    x = conv.forward(table.forward((x * 10).to(ScalarType.Int64)));
                    return fc.forward(linear.forward(unknown.forward(convs[0].forward(x))));
                }
            }
            """, "linear", "fc");

        Assert.DoesNotContain("LoraSite> ", outcome["Model.Lora.g.cs"].Split("Describe(sites, method)")[1]);
        using var code = outcome.Load();
        using var lora = LoadedModel.Only(code).Attach();
        Assert.Null(LoadedModel.Read(lora, "Unknown"));
        Assert.Same(lora["linear"], LoadedModel.Read(lora, "Linear"));
    }

    [Fact]
    public void Everything_by_a_pattern() => Style.Adapts("""
        [Lora(Rank = 1, Targets = ["*"], Exclude = ["frozen"])]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding table = Embedding(11, 4);
            private readonly Embedding frozen = Embedding(11, 4);
            private readonly Block block = new();
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                var ids = (x * 10).to(ScalarType.Int64);
                return fc.forward(block.forward(table.forward(ids) + frozen.forward(ids)));
            }
        }

        internal sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Conv1d conv = Conv1d(4, 4, 3, padding: 1);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x + conv.forward(x);
        }
        """, "table", "block.conv", "fc");
}
