namespace LoraGen.Analyzers.Tests;

/// <summary>Models that the code of several tests consists of.</summary>
internal static class Models
{
    /// <summary>A model without layers.</summary>
    public const string Empty = """
        public sealed class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of one layer, <c>fc1</c>.</summary>
    public const string OneLinear = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of two layers, <c>fc1</c> and <c>fc2</c>.</summary>
    public const string TwoLinears = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of two layers and a <c>LayerNorm</c>.</summary>
    public const string TwoLinearsAndNorm = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly LayerNorm norm = LayerNorm(64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model that calls its one layer, <c>fc</c>.</summary>
    public const string CalledLinear = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;

    /// <summary>A model of a layer, <c>fc1</c>, and a <c>MultiheadAttention</c> that it is given.</summary>
    public const string LinearAndAttention = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly MultiheadAttention attn;

            public Model(MultiheadAttention attn)
                : base("Model")
            {
                this.attn = attn;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of a layer, <c>fc1</c>, and a <c>BatchNorm1d</c> that it is given.</summary>
    public const string LinearAndBatchNorm = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly BatchNorm1d norm;

            public Model(BatchNorm1d norm)
                : base("Model")
            {
                this.norm = norm;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of two blocks in a list, <c>layers</c>; it needs a class <c>Block</c>.</summary>
    public const string ListOfBlocks = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> layers = new(new Block(), new Block());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of one block; it needs a class <c>Block</c>.</summary>
    public const string OneBlock = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model that calls its one block; it needs a class <c>Block</c>.</summary>
    public const string CalledBlock = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }
        """;

    /// <summary>A block of two layers, <c>q_proj</c> and <c>v_proj</c>.</summary>
    public const string Block = """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly Linear v_proj = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of two members; it needs the classes <c>First</c> and <c>Second</c>.</summary>
    public const string FirstAndSecond = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly First first = new();
            private readonly Second second = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A class <c>First</c> of one layer, <c>dense</c>.</summary>
    public const string DenseFirst = """
        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear dense = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A class <c>First</c> of two layers, <c>q_proj</c> and <c>v_proj</c>.</summary>
    public const string ProjectionsFirst = """
        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly Linear v_proj = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A class <c>Second</c> of one layer, <c>dense</c>.</summary>
    public const string DenseSecond = """
        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear dense = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A class <c>Second</c> of two layers, <c>q_proj</c> and <c>v_proj</c>.</summary>
    public const string ProjectionsSecond = """
        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly Linear v_proj = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model of two layers in a list, <c>heads</c>.</summary>
    public const string ListOfLinears = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> heads = new(Linear(64, 64), Linear(64, 64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    /// <summary>A model that reads virtual tokens, as embeddings or as keys and values.</summary>
    public const string Prompted = """
        public sealed class Model : Module<Tensor, Tensor>, IPromptable, IPrefixable
        {
            private readonly Embedding embedding = Embedding(10, 4);

            public Model() : base("Model") => RegisterComponents();

            public long EmbeddingWidth => 4;

            public int AttentionLayers => 1;

            public long KeyValueHeads => 1;

            public long HeadSize => 4;

            public override Tensor forward(Tensor ids)
            {
                var prompted = VirtualTokens.Prepend(this, embedding.forward(ids));
                var (keys, values) = prompted.Prefix.Prepend(0, prompted.Embeddings.unsqueeze(1), prompted.Embeddings.unsqueeze(1));
                return keys + values;
            }
        }
        """;
}
