namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BackingFieldKeysTests : FixableRuleTests
{
    protected override string Id => "LORA3006";

    protected override string Message =>
        "The state_dict keys of Fc begin with <Fc>k__BackingField, which doesn't match the keys of other tools; "
        + "name its field with [field: ComponentName(Name = \"Fc\")]";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            public Model() : base("Model") => RegisterComponents();

            public Linear {|LORA3006:Fc|} { get; } = Linear(4, 4);

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        """
        [assembly: Lora(typeof(Model))]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> blocks = new(new Block());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => blocks[0].forward(x);
        }

        public sealed partial class Block
        {
            internal ModuleList<Linear> {|LORA3006:Layers|} { get; private set; } = new(Linear(4, 4));
        }

        public sealed partial class Block() : Module<Tensor, Tensor>("Block")
        {
            public override Tensor forward(Tensor x) => Layers[0].forward(x);
        }
        """,
        """
        public static class Models
        {
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                public Model() : base("Model")
                {
                    Head = Linear(4, 4);
                    RegisterComponents();
                }

                [Lora(Rank = 4)] private Linear {|LORA3006:Head|} { get; init; }

                public override Tensor forward(Tensor x) => Head.forward(x);
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Named, a plain field, a property that stores nothing, one that is registered by register_module, no module.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model")
            {
                RegisterComponents();
                register_module("Head", Head);
            }

            [field: TorchSharp.Utils.ComponentName(Name = "Fc")]
            public Linear Fc { get; } = Linear(4, 4);

            public Linear Same => fc;

            public Linear Head { get; } = Linear(4, 4);

            public int Width { get; } = 4;

            public override Tensor forward(Tensor x) => Head.forward(Fc.forward(Same.forward(x))) * Width;
        }
        """,
        // Not adapted.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            public Model() : base("Model") => RegisterComponents();

            public Linear Fc { get; } = Linear(4, 4);

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        // Not within the model that is.
        """
        public sealed class Teacher() : Module<Tensor, Tensor>("Teacher")
        {
            public Linear Fc { get; } = Linear(4, 4);

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }

        public static class Program
        {
            public static Tensor Distil(Net net, Teacher teacher, Tensor x) => net.call(x) - teacher.call(x);
        }
        """,
        // A static one is not registered.
        """
        [Lora]
        public sealed class Model() : Module<Tensor, Tensor>("Model")
        {
            public static Linear Shared { get; } = Linear(4, 4);

            public override Tensor forward(Tensor x) => Shared.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                public Model() : base("Model") => RegisterComponents();

                /// <summary>The one layer.</summary>
                public Linear Fc { get; } = Linear(4, 4);

                public override Tensor forward(Tensor x) => Fc.forward(x);
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                public Model() : base("Model") => RegisterComponents();

                /// <summary>The one layer.</summary>
                [field: TorchSharp.Utils.ComponentName(Name = "Fc")]
                public Linear Fc { get; } = Linear(4, 4);

                public override Tensor forward(Tensor x) => Fc.forward(x);
            }
            """),
    ];
}
