namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class ConstructorNotCountedTests : RuleTests
{
    private const string Width = """int.Parse(Environment.GetEnvironmentVariable("WIDTH")!)""";

    // What stands around a constructor that isn't the point.
    private const string Forward = "public override Tensor forward(Tensor x) => x;";

    protected override string Id => "LORA1017";

    protected override string Message =>
        "Model: int.Parse(Environment.GetEnvironmentVariable(\"WIDTH\")!) can't be told from the source, so no Count is generated for new Model(int); "
        + "the ParameterCount of an attached adapter is exact as always";

    protected override IReadOnlyList<string> Fires =>
    [
        // A size that is only there when the program runs.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model(int width)
                : base("Model")
            {
                fc1 = Linear(width, {|LORA1017:{{Width}}|});
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // Where the value was computed, not where it is used; two adapters are told of once.
        $$"""
        [assembly: Lora(typeof(Model), Name = "other")]

        [Lora]
        [Lora(Name = "third")]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model()
                : base("Model")
            {
                var width = {|LORA1017:{{Width}}|};
                fc1 = Linear(64, width);
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // What a virtual method makes.
        $$"""
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Module<Tensor, Tensor> head;

            public Model()
                : base("Model")
            {
                head = {|LORA1017:MakeHead()|};
                RegisterComponents();
            }

            protected virtual Module<Tensor, Tensor> MakeHead() => Linear(64, 2);

            {{Forward}}
        }
        """,
        // In a module within, in another file.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> blocks = [];

            public Model(int depth)
                : base("Model")
            {
                for (var i = 0; i < depth; i++)
                    blocks.Add(new Block(64));
                RegisterComponents();
            }

            {{Forward}}
        }
        // file: Block.cs
        public sealed partial class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Block(int width)
                : base("Block")
            {
                fc1 = Linear(width, {|LORA1017:{{Width}}|});
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // A module that no declared type of a member leads to.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Module<Tensor, Tensor> head = new Head();

            public Model() : base("Model") => RegisterComponents();

            {{Forward}}
        }
        // file: Head.cs
        public sealed partial class Head : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, {|LORA1017:{{Width}}|});

            public Head() : base("Head") => RegisterComponents();

            {{Forward}}
        }
        """,
        // In the constructor of the base class.
        $$"""
        [Lora]
        public sealed partial class Model : Base
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() => RegisterComponents();
        }

        public abstract class Base : Module<Tensor, Tensor>
        {
            private readonly Linear head;

            protected Base()
                : base("Base")
            {
                head = Linear(64, {|LORA1017:{{Width}}|});
            }

            {{Forward}}
        }
        """,
        // A class that can't be read is told of where it is made.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Vendor.Encoder encoder = {|LORA1017:new Vendor.Encoder()|};

            public Model() : base("Model") => RegisterComponents();

            {{Forward}}
        }
        """,
        // Nothing of a generic class can be repeated, so there is only the attribute to speak at.
        $$"""
        [{|LORA1017:Lora|}(Rank = 4)]
        public sealed partial class Model<T> : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            {{Forward}}
        }
        """,
        """
        [assembly: {|LORA1017:Lora|}(typeof(Vendor.Encoder))]
        """,
        // The module comes from whoever makes the model.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear head;

            public Model({|LORA1017:Linear head|})
                : base("Model")
            {
                this.head = head;
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // Layers that TorchSharp doesn't register.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly List<Linear> {|LORA1017:more = []|};

            public Model() : base("Model") => RegisterComponents();

            {{Forward}}
        }
        """,
        // One of two constructors; the other one is counted.
        $$"""
        [Lora]
        public sealed partial class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1;

            public Model(int width)
                : base("Model")
            {
                fc1 = Linear(width, 64);
                RegisterComponents();
            }

            public Model(string file)
                : base("Model")
            {
                fc1 = Linear({|LORA1017:System.IO.File.ReadAllBytes(file)|}.Length, 64);
                RegisterComponents();
            }

            {{Forward}}
        }
        """,
        // Two models are both stopped by it, and both are told of.
        $$"""
        [Lora]
        public sealed partial class First : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public First() : base("First") => RegisterComponents();

            {{Forward}}
        }

        [Lora]
        public sealed partial class Second : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public Second() : base("Second") => RegisterComponents();

            {{Forward}}
        }

        public sealed partial class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, {|LORA1017:{|LORA1017:{{Width}}|}|});

            public Block() : base("Block") => RegisterComponents();

            {{Forward}}
        }
        """,
    ];
}
