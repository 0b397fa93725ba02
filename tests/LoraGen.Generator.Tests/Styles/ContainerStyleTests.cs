namespace LoraGen.Generator.Tests.Styles;

/// <summary>Lists, sequences and dictionaries of modules.</summary>
[Collection(nameof(RunsTorch))]
public sealed class ContainerStyleTests
{
    private const string Block = """
        internal sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear up = Linear(4, 8);
            private readonly Linear down = Linear(8, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x + down.forward(up.forward(x));
        }
        """;

    [Theory]
    [InlineData("private readonly ModuleList<Linear> items = new(Linear(4, 4), Linear(4, 4));", "items.0", "items.1")]
    [InlineData("public ModuleList<Linear> items { get; } = new(Linear(4, 4), Linear(4, 4));", "items.0", "items.1")]
    [InlineData("private readonly ModuleList<Module<Tensor, Tensor>> items = new(Linear(4, 4), GELU(), new Block());", "items.0", "items.2.up", "items.2.down")]
    [InlineData("private readonly ModuleList<Block> items = new(new Block(), new Block());", "items.0.up", "items.0.down", "items.1.up", "items.1.down")]
    [InlineData("private readonly ModuleList<Sequential> items = new(Sequential(Linear(4, 4), ReLU()));", "items.0.0")]
    [InlineData("private readonly ModuleList<Linear>? items = new(Linear(4, 4));", "items.0")]
    public void Lists(string field, params string[] paths) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            {{field}}

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                foreach (var item in items!)
                    x = item.forward(x);
                return x;
            }
        }

        {{Block}}
        """, paths);

    [Theory]
    [InlineData("private readonly Sequential body = Sequential(Linear(4, 4), new Block(), GELU());", "body.0", "body.1.up", "body.1.down")]
    [InlineData(
        "private readonly Sequential body = Sequential((\"first\", Linear(4, 4)), (\"block\", new Block()));",
        "body.first", "body.block.up", "body.block.down")]
    [InlineData("private readonly Module<Tensor, Tensor> body = Sequential(Linear(4, 4), Sequential(Linear(4, 4)));", "body.0", "body.1.0")]
    [InlineData("private readonly Module<Tensor, Tensor> body = new Block();", "body.up", "body.down")]
    public void Sequences_and_modules_of_any_kind_are_walked(string field, params string[] paths) => Style.Adapts($$"""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            {{field}}

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => body.forward(x);
        }

        {{Block}}
        """, paths);

    [Fact]
    public void Dictionaries_are_walked() => Style.Adapts($$"""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleDict<Module<Tensor, Tensor>> parts = ModuleDict<Module<Tensor, Tensor>>(("inner", Linear(4, 4)), ("block", new Block()));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => parts["block"].forward(parts["inner"].forward(x));
        }

        {{Block}}
        """, "parts.inner", "parts.block.up", "parts.block.down");

    [Fact]
    public void Class_derived_from_a_container() => Style.Adapts($$"""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Blocks blocks = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => blocks.Aggregate(x, (y, block) => block.forward(y));
        }

        internal sealed class Blocks : ModuleList<Block>
        {
            public Blocks() : base(new Block(), new Block())
            {
            }
        }

        {{Block}}
        """, "blocks.0.up", "blocks.0.down", "blocks.1.up", "blocks.1.down");

    [Fact]
    public void Private_nested_classes_are_walked() => Style.Adapts("""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Inner inner = new();
            private readonly ModuleList<Inner> more = new(new Inner());
            private readonly Linear last = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => last.forward(more[0].forward(inner.forward(x)));

            private sealed class Inner : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Inner() : base("Inner") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """, "inner.fc", "more.0.fc", "last");

    [Fact]
    public void Generic_blocks_are_walked() => Style.Adapts("""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Wrap<Linear> wrap = new(Linear(4, 4));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => wrap.forward(x);
        }

        internal sealed class Wrap<T> : Module<Tensor, Tensor>
            where T : Module<Tensor, Tensor>
        {
            private readonly T inner;

            public Wrap(T inner) : base("Wrap")
            {
                this.inner = inner;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => inner.forward(x);
        }
        """, "wrap.inner");
}
