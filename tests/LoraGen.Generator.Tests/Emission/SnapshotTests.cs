namespace LoraGen.Generator.Tests.Emission;

/// <summary>What users read: generated files, kept beside their input. One of them shows interceptors, the others are as in the IDE.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public Task One_layer() => Snapshot.Verify(TestProject.Project.Files("""
        // file: Regression.cs
        namespace Acme;

        [Lora(Rank = 4, Alpha = 8)]
        public sealed class Regression : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(32, 16);

            public Regression() : base("Regression") => RegisterComponents();

            public override Tensor forward(Tensor input) => fc.forward(input);
        }
        """));

    [Fact]
    public Task Blocks_in_a_list() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: TinyGpt.cs
        namespace Acme.Models;

        [Lora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = ["q_proj", "v_proj", "layers.0.mlp.*"])]
        internal sealed class TinyGpt : Module<Tensor, Tensor>
        {
            private readonly Embedding wte;
            private readonly ModuleList<Layer> layers;
            private readonly Linear lm_head;

            public TinyGpt(Config config) : base(nameof(TinyGpt))
            {
                wte = Embedding(config.Vocabulary, config.Width);
                layers = new ModuleList<Layer>();
                for (var i = 0; i < config.Depth; i++)
                    layers.Add(new Layer(config));
                lm_head = Linear(config.Width, config.Vocabulary, hasBias: false);
                RegisterComponents();
            }

            public override Tensor forward(Tensor tokens) => lm_head.forward(layers.Aggregate(wte.forward(tokens), (x, layer) => layer.forward(x)));
        }

        internal sealed record Config(int Vocabulary, int Width, int Depth);
        // file: Layer.cs
        namespace Acme.Models;

        internal sealed class Layer : Module<Tensor, Tensor>
        {
            private readonly Attention attn;
            private readonly Mlp mlp;

            public Layer(Config config) : base(nameof(Layer))
            {
                attn = new Attention(config.Width);
                mlp = new Mlp(config.Width, 4 * config.Width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x + mlp.forward(x + attn.forward(x));
        }

        internal sealed class Attention : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj, k_proj, v_proj;

            public Attention(int width) : base(nameof(Attention))
            {
                q_proj = Linear(width, width);
                k_proj = Linear(width, width);
                v_proj = Linear(width, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => functional.scaled_dot_product_attention(q_proj.forward(x), k_proj.forward(x), v_proj.forward(x));
        }

        internal sealed class Mlp : Module<Tensor, Tensor>
        {
            private readonly Linear up, down;

            public Mlp(int width, int inner) : base(nameof(Mlp))
            {
                up = Linear(width, inner);
                down = Linear(inner, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => down.forward(functional.gelu(up.forward(x)));
        }
        """));

    [Fact]
    public Task Members_of_open_types() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Mixed.cs
        [Lora]
        public class Mixed : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> certain;
            private readonly Module<Tensor, Tensor> never;
            private readonly Module<Tensor, Tensor> unknown;
            private readonly Sequential body;
            private readonly Hidden hidden = new();
            private readonly List<Linear> forgotten = [];
            private readonly Linear? gate;

            public Mixed(int width, Module<Tensor, Tensor> given, bool isGated) : base(nameof(Mixed))
            {
                certain = Linear(width, width);
                never = LayerNorm(width);
                unknown = given;
                body = Sequential(Linear(width, width), ReLU());
                if (isGated)
                    gate = Linear(width, 1);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
                => hidden.forward(body.forward(unknown.forward(never.forward(certain.forward(x))))) * (gate?.forward(x) ?? ones(1)) + forgotten.Count;

            private sealed class Hidden() : Module<Tensor, Tensor>("")
            {
                private readonly Linear fc = Linear(2, 2);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """));

    [Fact]
    public Task Two_adapters_with_overrides() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Vision.cs
        [Lora(Rank = 4)]
        [Lora(Name = "style", Rank = 16, RankStabilized = true, InitA = LoraInit.Gaussian, Exclude = ["head"])]
        public class Vision : Module<Tensor, Tensor>
        {
            [Lora(Rank = 2)]
            public Linear Stem { get; } = Linear(3, 64);

            [Lora(Name = "style", Dropout = 0.1)]
            private readonly Linear body = Linear(64, 64);

            [LoraIgnore]
            private readonly Linear frozen = Linear(64, 64);

            private readonly Linear head = Linear(64, 10);

            public Vision() : base(nameof(Vision)) => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(frozen.forward(body.forward(Stem.forward(x))));
        }
        """));

    [Fact]
    public Task Assembly_attribute_on_a_nested_class() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Adapters.cs
        [assembly: Lora(typeof(Zoo.Animals.Cat), Rank = 2)]
        // file: Animals.cs
        namespace Zoo;

        public static class Animals
        {
            /// <summary>Says what a cat says.</summary>
            public class Cat : Animal
            {
                private readonly ModuleList<Linear> legs = new(Linear(4, 4), Linear(4, 4));

                public Cat() : base(nameof(Cat)) => RegisterComponents();

                public override Tensor forward(Tensor x) => legs.Aggregate(brain.forward(x), (y, leg) => leg.forward(y));
            }

            public abstract class Animal(string name) : Module<Tensor, Tensor>(name)
            {
                protected readonly Linear brain = Linear(4, 4);
            }
        }
        """));

    [Fact]
    public Task Layers_of_every_kind() => Snapshot.Verify(TestProject.WithoutInterceptors.Files("""
        // file: Reader.cs
        [Lora(Rank = 4, Alpha = 8, Targets = ["letters", "stem", "convs.*", "unknown", "made"])]
        [Lora(Name = "plain")]
        public class Reader : Module<Tensor, Tensor>
        {
            private readonly Embedding letters = Embedding(128, 16);
            private readonly Conv1d stem;
            private readonly ModuleList<Conv1d> convs = new();
            private readonly Conv2d other = Conv2d(1, 1, (3, 2), groups: 1);
            private readonly Module<Tensor, Tensor> made = Conv3d(1, 1, 3);
            private readonly Module<Tensor, Tensor> unknown;
            private readonly Linear head = Linear(16, 2);

            [Lora(Name = "plain", Rank = 2)]
            private readonly Conv1d named = Conv1d(16, 16, 5);

            public Reader(Module<Tensor, Tensor> unknown, int size) : base(nameof(Reader))
            {
                this.unknown = unknown;
                stem = Conv1d(16, 16, size, padding: size / 2);
                RegisterComponents();
            }

            public override Tensor forward(Tensor ids) => head.forward(unknown.forward(named.forward(stem.forward(letters.forward(ids)))).mean());
        }
        """));

    [Fact]
    public void No_snapshot_is_left_over() => TestProject.Snapshots.AssertNoOrphans(typeof(SnapshotTests).Assembly);
}
