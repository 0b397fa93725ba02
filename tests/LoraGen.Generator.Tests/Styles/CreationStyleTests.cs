namespace LoraGen.Generator.Tests.Styles;

/// <summary>How models create their modules.</summary>
[Collection(nameof(RunsTorch))]
public sealed class CreationStyleTests
{
    [Theory]
    [InlineData("fc = nn.Linear(4, 4);")]
    [InlineData("this.fc = torch.nn.Linear(outputSize: 4, inputSize: 4, hasBias: false);")]
    [InlineData("fc = width > 3 ? Linear(width, width) : Linear(1, 1);")]
    [InlineData("fc = Make(width);")]
    [InlineData("Init(width, out fc);")]
    [InlineData("(fc, _) = (Linear(width, width), 0);")]
    [InlineData("fc ??= Linear(width, width);")]
    [InlineData("var made = new Holder { fc = Linear(1, 1) }; fc = Linear(width, width) ?? made.fc!;")]
    public void Constructor(string body) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private Linear fc;

            public Model(int width = 4) : base("Model")
            {
                {{body}}
                RegisterComponents();
            }

            public Model() : this(4)
            {
            }

            public override Tensor forward(Tensor x) => fc.forward(x);

            private static Linear Make(int width) => Linear(width, width);

            private static void Init(int width, out Linear made) => made = Linear(width, width);
        }

        internal sealed class Holder
        {
            public Linear? fc { get; init; }
        }
        """, "fc");

    [Fact]
    public void Primary_constructor_and_modules_given() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model(Linear first, Module<Tensor, Tensor> second, params Linear[] others) : Module<Tensor, Tensor>("Model")
        {
            private readonly Linear first = first;
            private readonly Module<Tensor, Tensor> second = second;
            private readonly ModuleList<Linear> others = new(others);

            public override Tensor forward(Tensor x) => others[0].forward(second.forward(first.forward(x)));

            public Model Register()
            {
                RegisterComponents();
                return this;
            }
        }

        public static class Make
        {
            public static Model Model() => new Model(Linear(4, 4), Linear(4, 4), Linear(4, 4)).Register();
        }
        """, "first", "second", "others.0");

    [Fact]
    public void Modules_from_factory_methods_and_from_register_module() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> first, second;

            private Model(Module<Tensor, Tensor> second) : base("Model")
            {
                first = Layers.Dense(4, 4);
                this.second = second;
                register_module("one", first);
                register_module("two", second);
                register_module("three", Linear(4, 4));
            }

            public static Model Create() => new(Layers.Dense(4, 4));

            public override Tensor forward(Tensor x)
                => ((Linear)named_children().Last().module).forward(second.forward(first.forward(x)));
        }

        public static class Layers
        {
            public static Module<Tensor, Tensor> Dense(int inputs, int outputs) => Linear(inputs, outputs);
        }

        public static class Make
        {
            public static Model Model() => global::Model.Create();
        }
        """, "one", "two", "three");

    [Fact]
    public void Block_that_its_parent_registers() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }

        public class Block() : Module<Tensor, Tensor>("Block")
        {
            private readonly Linear fc = Linear(4, 4);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """, "block.fc");

    [Fact]
    public void Recursive_class() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Node root = new(2);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => root.forward(x);
        }

        public class Node : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Node? left, right;

            public Node(int depth) : base("Node")
            {
                if (depth > 0)
                    (left, right) = (new Node(depth - 1), new Node(0));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
            {
                x = fc.forward(x);
                return left is null ? x : left.forward(x) + right!.forward(x);
            }
        }
        """, "root.fc", "root.left.fc", "root.left.left.fc", "root.left.right.fc", "root.right.fc");

    [Fact]
    public void Root_within_itself()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 2)]
            public class Tree : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);
                private readonly Tree? left;

                public Tree(int depth) : base("Tree")
                {
                    left = depth > 0 ? new Tree(depth - 1) : null;
                    RegisterComponents();
                }

                public Tree() : this(2)
                {
                }

                public override Tensor forward(Tensor x) => fc.forward(left?.forward(x) ?? x);
            }
            """, "fc", "left.fc", "left.left.fc");

        using var code = outcome.Load();
        using var lora = LoadedModel.Only(code).Attach();
        Assert.Equal("left.left.fc", ((Site)LoadedModel.Read(lora, "Left.Left.Fc")!).Path);
    }

    [Fact]
    public void Classes_that_hold_each_other() => Style.Adapts("""
        [Lora(Rank = 2, Exclude = ["a.b.fc"])]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Other b;

            public Model(int depth = 1) : base("Model")
            {
                b = new Other(depth);
                RegisterComponents();
            }

            public Model() : this(1)
            {
            }

            public override Tensor forward(Tensor x) => b.forward(x);
        }

        public class Other : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Model? a;

            public Other(int depth) : base("Other")
            {
                a = depth > 0 ? new Model(depth - 1) : null;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => a is null ? fc.forward(x) : a.forward(fc.forward(x));
        }
        """, "b.fc");

    [Fact]
    public void One_block_at_two_paths() => Style.Adapts("""
        [Lora(Rank = 2, Targets = ["first.fc", "second.*"], Exclude = ["second.other"])]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Block first = new(), second = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => second.forward(first.forward(x));
        }

        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4), other = Linear(4, 4), more = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => more.forward(other.forward(fc.forward(x)));
        }
        """, "first.fc", "second.fc", "second.more");
}
