namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class GroupNormUninitializedTests : FixableRuleTests
{
    protected override string Id => "LORA3011";

    protected override string Message =>
        "TorchSharp leaves the weight and bias of norm uninitialized, so it computes with whatever was in memory; "
        + "call init.ones_ on its weight and init.zeros_ on its bias";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly GroupNorm norm;
            private readonly GroupNorm other;

            public Block()
                : base("Block")
            {
                norm = {|LORA3011:GroupNorm(2, 8)|};
                other = GroupNorm(2, 8);
                init.ones_(other.weight!);
                init.zeros_(other.bias!);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => other.forward(norm.forward(x));
        }
        """,
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> norm = {|LORA3011:nn.GroupNorm(2, 8, affine: true)|};
            private readonly Sequential steps = Sequential(Conv2d(8, 8, 3), {|LORA3011:GroupNorm(4, 8)|});
            private readonly ModuleList<GroupNorm> norms = new();

            public Block(int count)
                : base("Block")
            {
                for (var i = 0; i < count; i++)
                    norms.Add({|LORA3011:GroupNorm(2, 8)|});
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => norms[0].forward(steps.forward(norm.call(x)));
        }
        """,
        // An optimizer sets nothing.
        """
        var norm = {|LORA3011:GroupNorm(2, 8)|};
        var optimizer = optim.SGD(norm.parameters(), 1e-3);
        norm.call(randn(1, 8)).sum().backward();
        optimizer.step();
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Initialized, whatever the way.
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly GroupNorm first = GroupNorm(2, 8);
            private readonly GroupNorm second = GroupNorm(2, 8, affine: false);
            private readonly GroupNorm third;
            private readonly GroupNorm fourth = Initialized(GroupNorm(2, 8));
            private readonly GroupNorm fifth = GroupNorm(2, 8).Initialized();

            public Block(bool affine)
                : base("Block")
            {
                third = GroupNorm(2, 8, affine: affine);
                this.first.weight = new Parameter(ones(8));
                this.first.bias = new Parameter(zeros(8));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => first.forward(second.forward(third.forward(fourth.forward(fifth.forward(x)))));

            private static GroupNorm Initialized(GroupNorm norm)
            {
                init.ones_(norm.weight!);
                return norm;
            }
        }

        public static class Norms
        {
            public static GroupNorm Initialized(this GroupNorm norm)
            {
                init.ones_(norm.weight!);
                return norm;
            }
        }
        """,
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Sequential steps;

            public Block()
                : base("Block")
            {
                steps = Sequential(Norm(8), GroupNorm(2, 8));
                RegisterComponents();
                foreach (var (name, parameter) in named_parameters())
                    init.constant_(parameter, name.EndsWith("weight") ? 1 : 0);
            }

            public override Tensor forward(Tensor x) => steps.forward(x);

            private static GroupNorm Norm(int channels)
            {
                var norm = GroupNorm(2, channels);
                init.ones_(norm.weight!);
                init.zeros_(norm.bias!);
                return norm;
            }
        }
        """,
        // Loaded.
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly GroupNorm norm = GroupNorm(2, 8);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => norm.forward(x);
        }

        public static class Program
        {
            public static Block Open(string path)
            {
                var block = new Block();
                block.load(path);
                return block;
            }
        }
        """,
        // Set from outside; a factory whose caller decides; another class's GroupNorm.
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            public readonly GroupNorm norm = GroupNorm(2, 8);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => norm.forward(x);
        }

        public static class Program
        {
            public static Func<GroupNorm> Factory { get; } = () => GroupNorm(2, 8);

            public static Block Make()
            {
                var block = new Block();
                init.ones_(block.norm.weight!);
                init.zeros_(block.norm.bias!);
                return block;
            }
        }

        public static class Own
        {
            public static int Groups { get; } = GroupNorm(2, 8);

            private static int GroupNorm(int groups, int channels) => channels / groups;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly GroupNorm norm;

                public Block()
                    : base("Block")
                {
                    norm = GroupNorm(2, 8);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => norm.forward(x);
            }
            """,
            """
            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly GroupNorm norm;

                public Block()
                    : base("Block")
                {
                    norm = GroupNorm(2, 8);
                    init.ones_(norm.weight!);
                    init.zeros_(norm.bias!);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => norm.forward(x);
            }
            """),
        (
            """
            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly GroupNorm norm = GroupNorm(2, 8);

                public Block()
                    : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => norm.forward(x);
            }
            """,
            """
            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly GroupNorm norm = GroupNorm(2, 8);

                public Block()
                    : base("Block")
                {
                    RegisterComponents();
                    init.ones_(norm.weight!);
                    init.zeros_(norm.bias!);
                }

                public override Tensor forward(Tensor x) => norm.forward(x);
            }
            """),
    ];
}
