namespace LoraGen.Analyzers.Tests.Rules;

public sealed class LayersUnreachableTests : RuleTests
{
    protected override string Id => "LORA2018";

    protected override string Message =>
        "blocks holds modules that TorchSharp doesn't register and that generated code can't read: they are neither adapted, moved nor saved; hold them in "
        + "fields or a ModuleList";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [{|LORA2018:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly List<Hidden> blocks = [new Hidden()];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        """
        [assembly: {|LORA2018:Lora|}(typeof(Model), Rank = 4)]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Hidden[] blocks = [new Hidden()];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        $$"""
        [{|LORA2018:Lora|}]
        {{Models.OneBlock}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Dictionary<string, Hidden> parts = [];

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        // A tuple, a record in a collection, and a record with a private member.
        """
        [{|LORA2018:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly (Hidden Up, Linear Down) pair = (new Hidden(), Linear(64, 64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        """
        [{|LORA2018:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Expert[] experts = [new(Linear(64, 64))];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed record Expert(Linear Up);
        """,
        """
        [{|LORA2018:Lora|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Expert expert = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => expert.Run(x);
        }

        public sealed class Expert
        {
            private readonly Linear up = Linear(64, 64);

            public Tensor Run(Tensor x) => up.forward(x);
        }
        """,
        // A type that contains itself, and types of .NET that are no collections.
        """
        [{|LORA2018:Lora|}]
        public sealed class Model(Node first) : Module<Tensor, Tensor>("Model")
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Node nodes = first;

            public override Tensor forward(Tensor x) => nodes.Layer.forward(fc1.forward(x));
        }

        public sealed record Node(Linear Layer, Node? Next);
        """,
        """
        [{|LORA2018:Lora|}]
        public sealed class Model(List<KeyValuePair<string, Linear>> pairs) : Module<Tensor, Tensor>("Model")
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly List<KeyValuePair<string, Linear>> pairs = pairs;

            public override Tensor forward(Tensor x) => pairs[0].Value.forward(fc1.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // A type that contains itself, and no modules.
        """
        [Lora]
        public sealed class Model(Options options) : Module<Tensor, Tensor>("Model")
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Options options = options;

            public override Tensor forward(Tensor x) => options.Outer is null ? fc1.forward(x) : x;
        }

        public sealed record Options(List<Options> Inner, Options? Outer, Dictionary<Options, Lazy<int>> Sizes);
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly ModuleList<Hidden> blocks = new(new Hidden());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [LoraIgnore] private readonly List<Hidden> blocks = [new Hidden()];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly List<Linear> blocks = [Linear(64, 64)];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly List<Hidden> blocks = [new Hidden()];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly List<Hidden> blocks = [new Hidden()];

            public Model()
                : base("Model")
            {
                for (var i = 0; i < blocks.Count; i++)
                    register_module($"block{i}", blocks[i]);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;

            private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
            {
                private readonly Linear fc = Linear(64, 64);

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
    ];
}
