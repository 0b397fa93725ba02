namespace LoraGen.Generator.Tests.Counting;

/// <summary>Ways to write a constructor whose modules are counted without making them: each against the model that it makes.</summary>
public sealed class CountedFormTests
{
    [Theory]
    [InlineData("second = Linear(config.Width, 2 * config.Width + Config.Fixed, hasBias: config.IsDeep);")]
    [InlineData("second = nn.Linear(outputSize: config.Inner ?? 4 * config.Width, inputSize: (int)(config.Width * 2.5), dtype: ScalarType.Float64);")]
    [InlineData("this.second = torch.nn.Linear(Config.Shared, Math.Max(config.Width, 9));")]
    [InlineData("second = config.IsDeep ? Linear(1, 2) : null;")]
    [InlineData("if (config.Width % 2 != 0) { throw new ArgumentException(\"odd\"); } second = Linear(config.Width / 2, 1);")]
    [InlineData("if (config.Nested is null) second = Linear(2, 3); else if (config.Layers > 2) second = Linear(3, 4); else { third = Linear(4, 5); }")]
    [InlineData("if (!config.IsDeep) second = Linear(2, 3); else if (config.Layers > 2 && config.IsDeep) second = Linear(3, 4);")]
    [InlineData("var half = config.Width / 2; long more = half + 1; second = Linear(half, more);")]
    [InlineData("int inner; if (config.IsDeep) inner = 5; else inner = 6; inner += 2; inner++; second = Linear(inner, inner);")]
    [InlineData("size = config.Width; second = Linear(size, this.size * 2);")]
    [InlineData("this.config = config; second = Linear(this.config.Width, 2);")]
    [InlineData("for (var i = 0; i < config.Layers; i++) blocks.Add(new Block(i + 1));")]
    [InlineData("for (int i = config.Layers; i > 0; i -= 2) { var block = new Block(config.Width * i, factor: 2); blocks.append(block); }")]
    [InlineData("foreach (var i in Enumerable.Range(1, config.Layers)) { blocks.Add(new Block(i)); }")]
    [InlineData("foreach (var width in config.Sizes) blocks.Add(new Block(width));")]
    [InlineData("second = Linear(config.Sizes[1], config.Sizes.Length);")]
    [InlineData("third = Sequential(Linear(4, config.Width), ReLU(), new Block(4), Sequential(Linear(1, 1)));")]
    [InlineData("third = Sequential((\"up\", Linear(4, 8)), (\"act\", Dropout(0.1)), (\"down\", Linear(8, 4, false)));")]
    [InlineData("third = nn.Conv2d(3, config.Width, 3, padding: 1, groups: 1, bias: false); second = Linear(1, 1);")]
    [InlineData("third = Conv2d(4, 6, (3, 5), groups: 2);")]
    [InlineData("third = Conv1d(in_channels: 4, out_channels: 6, kernel_size: 3);")]
    [InlineData("third = LayerNorm(new long[] { 3, config.Width }, elementwise_affine: config.IsDeep, bias: false);")]
    [InlineData("third = LayerNorm([3, 4], 1e-6, false);")]
    [InlineData("third = Embedding(config.Width, 3, padding_idx: 0);")]
    [InlineData("third = BatchNorm2d(config.Width, 1e-3, 0.2, config.IsDeep, false);")]
    [InlineData("third = nn.BatchNorm1d(affine: false, track_running_stats: true, num_features: 3); register_module(\"norm\", BatchNorm3d(config.Width));")]
    [InlineData("third = Sequential(InstanceNorm1d(3), InstanceNorm2d(4, affine: true), InstanceNorm3d(5, 1e-5, 0.1, true, device: CPU));")]
    [InlineData("third = GroupNorm(2, config.Width, affine: config.IsDeep); register_module(\"bare\", GroupNorm(2, 4, 1e-6, false));")]
    [InlineData("third = ConvTranspose1d(4, 6, 3, 2, 1, 1, 1, PaddingModes.Zeros, 2, false);")]
    [InlineData("third = ConvTranspose2d(4, config.Width, (3, 5), output_padding: (1, 1), stride: (2, 2), groups: 2);")]
    [InlineData("third = Sequential(ConvTranspose2d(4, 6, 3), ConvTranspose3d(6, 4, (1, 2, 3), bias: false), PReLU(4, init: 0.1), PReLU(1));")]
    [InlineData("third = Conv2d(4, 6, 3, Padding.Same, 1, 1, PaddingModes.Zeros, 2, false);")]
    [InlineData("third = Conv3d(4, 6, (1, 2, 3), Padding.Valid, groups: 2); register_module(\"one\", Conv1d(4, 6, 3, Padding.Same, bias: false));")]
    [InlineData("third = Sequential(MaxPool2d(2, stride: 2), AvgPool2d((2, 1)), AdaptiveAvgPool2d(1)); register_module(\"loss\", MSELoss());")]
    [InlineData("second = Linear(4, 3); first.weight = second.weight; ")]
    [InlineData("var norm = BatchNorm1d(3); var shared = BatchNorm1d(3); shared.weight = norm.weight; third = Sequential(norm, shared);")]
    [InlineData("(second, third) = (Linear(1, 2), new Block(3, device: CPU));")]
    [InlineData("register_module(\"late\", Linear(4, 5)); register_module(nameof(second), Linear(1, 1));")]
    [InlineData("register_parameter(\"free\", Parameter(torch.ones(3, config.Width))); register_buffer(\"mask\", torch.ones(9, 9));")]
    [InlineData("second = Linear(config.Width, config.Width).to(CPU); nn.init.normal_(second.weight); using (no_grad()) { nn.init.zeros_(second.weight); }")]
    [InlineData("third = second = null; second = Linear(2, 2);", true)]
    [InlineData("var name = config.Kind.ToUpperInvariant(); var unused = new List<int> { 1 }; second = Linear(2, 2);")]
    [InlineData("var width = config.Width;\n#pragma warning disable CS1718\nif (width != width) second = Linear(2, 2); third = Linear(3, 3);")]
    [InlineData("{ var w = 4; second = Linear(w, w); } { var w = 5; third = Linear(w, w); }")]
    [InlineData("int inner; switch (config.IsDeep) { case true: inner = 3; break; case false: inner = 4; break; } second = Linear(inner, 2);")]
    [InlineData("second = first;")]
    [InlineData("int inner = default; second = Linear(inner + 1, 2 + 0);")]
    [InlineData("register_module(\"first\", Linear(4, 4)); register_module(\"first\", null!);")]
    [InlineData("register_parameter(\"first\", Parameter(torch.zeros(3)));")]
    [InlineData("var dict = new ModuleDict<Block>(); dict.Add(\"a\", new Block(2)); dict.Add((config.Kind, new Block(3))); register_module(\"dict\", dict);")]
    [InlineData("var list = new ModuleList<Block>(); list.Add(new Block(2)); register_module(\"list\", list);")]
    public void Constructor(string body, bool isUnknown = false)
    {
        var source = CountedModel.WithConstructor("Config config", body + (body.Contains("this.config") ? "" : " this.config = config;"));
        if (isUnknown)
            Assert.Contains("No Count", CountedModel.Generate(source)["Model.Lora.g.cs"]);
        else
            CountedModel.Agrees(source);
    }

    [Theory]
    [InlineData("private readonly ModuleList<Block> more = new(Enumerable.Range(0, 2).Select(i => new Block(i + 1)).ToArray());")]
    [InlineData("private readonly ModuleList<Block> more = [new Block(1), new(2)];")]
    [InlineData("private readonly ModuleList<Block> more = [.. Made()]; private static IEnumerable<Block> Made() { yield return new Block(1); }", true)]
    [InlineData("private readonly ModuleList<Linear> more = nn.ModuleList(Linear(1, 2), Linear(3, 4));")]
    [InlineData("private readonly ModuleList<Block> more = new() { new Block(1), new Block(2) };")]
    [InlineData("private readonly ModuleList<Block> more = new ModuleList<Block> { new Block(1), new Block(2) };")]
    [InlineData("private readonly ModuleDict<Block> more = new ModuleDict<Block> { (\"a\", new Block(1)), { \"b\", new Block(2) } };")]
    [InlineData("private readonly ModuleDict<Block> more = nn.ModuleDict<Block>((\"a\", new Block(1)), (\"b\", new Block(2)));")]
    [InlineData("private readonly Parameter weight = new(torch.randn(3, Config.Fixed));")]
    [InlineData("private readonly Tensor buffer = torch.arange(9);")]
    [InlineData("public Block Inner { get; } = new(5, 2);")]
    [InlineData("private Block Computed => new(5);")]
    [InlineData("[LoraIgnore] private readonly Linear ignored = Linear(8, 8);")]
    [InlineData("[Lora(Rank = 1)] private readonly Block strong = new(4);")]
    [InlineData("private const int Inner = 5; private static readonly Linear Shared = Linear(1, 1); private readonly Linear more = Linear(Inner, 2 * Inner);")]
    [InlineData("private readonly int heads = 3; private readonly string? label = nameof(Model).ToString();")]
    public void Member(string member, bool isUnknown = false)
    {
        var source = CountedModel.WithConstructor("Config config, int width = 3, bool deep = false, Device? device = null", "this.config = config;", member);
        if (isUnknown)
            Assert.Contains("No Count", CountedModel.Generate(source)["Model.Lora.g.cs"]);
        else
            CountedModel.Agrees(source);
    }

    /// <summary>As a ResNet's stem and stages with a decoder behind.</summary>
    [Fact]
    public void A_network_of_convolutions_and_normalizations() => CountedModel.Agrees("""
        [Lora(Rank = 2, Targets = ["conv*", "head"], Bias = LoraBias.All)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv1;
            private readonly BatchNorm2d bn1;
            private readonly MaxPool2d pool;
            private readonly ModuleList<BasicBlock> stages = new();
            private readonly ConvTranspose2d up;
            private readonly GroupNorm norm;
            private readonly AdaptiveAvgPool2d average = AdaptiveAvgPool2d((1, 1));
            private readonly Linear head;

            public Model(int width = 8, int classes = 10, int depth = 3) : base("Model")
            {
                conv1 = Conv2d(3, width, 7, stride: 2, padding: 3, bias: false);
                bn1 = BatchNorm2d(width);
                pool = MaxPool2d(3, stride: 2, padding: 1);
                var channels = width;
                for (var stage = 0; stage < depth; stage++)
                {
                    var wider = stage == 0 ? channels : 2 * channels;
                    stages.Add(new BasicBlock(channels, wider, stage == 0 ? 1 : 2));
                    channels = wider;
                }

                up = ConvTranspose2d(channels, width, (2, 2), stride: (2, 2), groups: 2);
                norm = GroupNorm(num_groups: width / 4, num_channels: width, eps: 1e-6);
                head = Linear(width, classes);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
            {
                x = pool.forward(bn1.forward(conv1.forward(x)).relu());
                foreach (var stage in stages)
                    x = stage.forward(x);
                return head.forward(average.forward(norm.forward(up.forward(x))).flatten(1));
            }
        }

        public sealed class BasicBlock : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv1, conv2;
            private readonly BatchNorm2d bn1, bn2;
            private readonly Module<Tensor, Tensor>? downsample;

            public BasicBlock(long channels, long wider, long stride) : base("BasicBlock")
            {
                conv1 = Conv2d(channels, wider, 3, stride: stride, padding: 1, bias: false);
                bn1 = BatchNorm2d(wider);
                conv2 = Conv2d(wider, wider, 3, padding: 1, bias: false);
                bn2 = BatchNorm2d(wider);
                if (stride != 1 || channels != wider)
                    downsample = Sequential(Conv2d(channels, wider, 1, stride: stride, bias: false), BatchNorm2d(wider));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
            {
                var inner = bn2.forward(conv2.forward(bn1.forward(conv1.forward(x)).relu()));
                return (inner + (downsample is null ? x : downsample.forward(x))).relu();
            }
        }
        """);

    [Fact]
    public void Classes_that_derive_chain_and_nest() => CountedModel.Agrees("""
        [Lora(Rank = 2, Targets = ["*.fc", "head"], Exclude = ["left.right.fc"])]
        public class Model(int depth = 2, int width = 4) : Root(width + 1)
        {
            private readonly Tree left = new(depth, width: width);
            private readonly Outer.Inner inner = new();
        }

        public class Root : Module<Tensor, Tensor>
        {
            protected readonly Linear head;

            protected Root(int width) : this(width, 3)
            {
            }

            private Root(int width, int outputs) : base("Root")
            {
                head = Linear(width, outputs);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => head.forward(x);
        }

        public sealed class Tree : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly Tree? left, right;

            public Tree(int depth, int width) : base("Tree")
            {
                fc = Linear(width, depth + 1);
                if (depth > 0)
                    (left, right) = (new Tree(depth - 1, width + 1), new Tree(0, width: 2));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => left is null ? fc.forward(x) : left.forward(right!.forward(x));
        }

        public static class Outer
        {
            private const int Hidden = 9;

            public sealed class Inner() : Module<Tensor, Tensor>("Inner")
            {
                private readonly Linear fc = Linear(Hidden, Hidden);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """);
}
