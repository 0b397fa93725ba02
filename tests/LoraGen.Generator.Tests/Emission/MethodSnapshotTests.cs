namespace LoraGen.Generator.Tests.Emission;

/// <summary>What users read of the other methods, and of methods of their own.</summary>
public sealed class MethodSnapshotTests
{
    [Fact]
    public Task DoRA_of_a_classifier() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Classifier.cs
        namespace Acme;

        [Dora(Rank = 4, Alpha = 8, Dropout = 0.1, Targets = ["letters", "conv", "block.*", "head"])]
        public sealed class Classifier : Module<Tensor, Tensor>
        {
            private readonly Embedding letters = Embedding(128, 16);
            private readonly Conv1d conv = Conv1d(16, 32, 3);
            private readonly Block block = new(32);

            [Dora(Rank = 2)]
            private readonly Linear head = Linear(32, 2);

            public Classifier() : base(nameof(Classifier)) => RegisterComponents();

            public override Tensor forward(Tensor ids) => head.forward(block.forward(conv.forward(letters.forward(ids).transpose(1, 2)).mean([2])));
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Block(int width) : base(nameof(Block))
            {
                fc = Linear(width, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """));

    [Fact]
    public Task IA3_of_a_decoder() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Decoder.cs
        namespace Acme;

        [Ia3(Targets = ["k", "v", "down"], FeedForward = ["down"])]
        [Ia3(Name = "outputs", Targets = ["k", "v"], Bias = LoraBias.LoraOnly)]
        public sealed class Decoder : Module<Tensor, Tensor>
        {
            private readonly Linear k = Linear(16, 16), v = Linear(16, 16), up = Linear(16, 64), down = Linear(64, 16);

            public Decoder() : base(nameof(Decoder)) => RegisterComponents();

            public override Tensor forward(Tensor x) => down.forward(up.forward(functional.scaled_dot_product_attention(x, k.forward(x), v.forward(x))));
        }
        """));

    [Fact]
    public Task AdaLoRA_of_two_layers() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Pair.cs
        namespace Acme;

        [AdaLora(InitialRank = 6, TargetRank = 4, Alpha = 8, TotalSteps = 100, FinalSteps = 20)]
        public sealed class Pair : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(16, 16), second = Linear(16, 64);

            public Pair() : base(nameof(Pair)) => RegisterComponents();

            public override Tensor forward(Tensor x) => second.forward(first.forward(x));
        }
        """));

    [Fact]
    public Task An_own_method_that_can_be_merged() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Encoder.cs
        using Acme.Methods;

        namespace Acme.Models;

        [Adapter<ScaleMethod>(Targets = ["fc", "blocks.*"], Exclude = ["blocks.0.*"], MaxTrainableParameters = 1000, Bias = LoraBias.All)]
        public sealed class Encoder<T> : Module<Tensor, Tensor>
            where T : struct
        {
            private readonly Linear fc = Linear(16, 16);

            [Adapter<ScaleMethod>(Bias = LoraBias.None)]
            private readonly ModuleList<Block> blocks = new(new Block(), new Block());

            [Trainable]
            private readonly LayerNorm norm = LayerNorm(16);

            public Encoder(T config) : base("Encoder") => RegisterComponents();

            public override Tensor forward(Tensor x) => norm.forward(blocks.Aggregate(fc.forward(x), (y, block) => block.forward(y)));
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(16, 16);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        // file: ScaleMethod.cs
        namespace Acme.Methods;

        public sealed record ScaleMethod : MergeableMethod
        {
            public double First { get; init; } = 1;

            protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Scale", [layer.Outputs], ".scale")];

            protected override void Start(Site site) => init.constant_(site["Scale"], First);

            protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * call.Site["Scale"];

            protected override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
                => new(weights.Weight * site["Scale"].unsqueeze(1), weights.Bias is { } bias ? bias * site["Scale"] : null);
        }
        """));

    [Fact]
    public Task An_own_method_that_no_weight_can_hold() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Adapters.cs
        [assembly: Adapter<Acme.Tools.Gate>(typeof(Acme.Net), Name = "night-shift", Targets = ["fc"])]
        // file: Net.cs
        namespace Acme;

        public sealed class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(16, 16);

            public Net(int width = 16) : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public static class Tools
        {
            internal sealed record Gate : AdapterMethod
            {
                protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Gate", [1], ".gate")];

                protected override void Start(Site site) => init.zeros_(site["Gate"]);

                protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * (1 + call.Site["Gate"]).tanh();
            }
        }
        """));
}
