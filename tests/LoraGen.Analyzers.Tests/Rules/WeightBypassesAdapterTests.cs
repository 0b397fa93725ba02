namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class WeightBypassesAdapterTests : FixableRuleTests
{
    protected override string Id => "LORA2012";

    protected override string Message =>
        "fc1.weight is used without calling fc1, so its adapter does not affect the result; call fc1, or set Reparametrize = true on the attribute";

    [Fact]
    public async Task An_embedding_is_told_to_be_left_out()
    {
        Assert.Equal(
            "emb.weight is used without calling emb, so its adapter does not affect the result; leave emb out of the targets",
            await MessageOf(Fires[^1]));
    }

    [Fact]
    public async Task A_lookup_is_told_to_be_a_call()
    {
        Assert.Equal(
            "emb.weight is used without calling emb, so its adapter does not affect the result; call emb, or leave it out of the targets",
            await MessageOf(Fires[^2]));
    }

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => {|LORA2012:functional.linear(x, fc1.weight, fc1.bias)|};
        }
        """,
        $$"""
        [assembly: Lora(typeof(Model))]

        {{Models.OneBlock}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                var product = torch.matmul(x, {|LORA2012:this.fc1.weight|}.t());
                return product;
            }
        }
        """,
        """
        [Lora(Targets = ["fc1"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x.matmul({|LORA2012:fc1.weight|}.transpose(0, 1));
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear Fc { get; } = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => nn.functional.linear(x, {|LORA2012:Fc.weight|});
        }
        """,
        // An attribute on the member decides.
        """
        [Lora(Reparametrize = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Reparametrize = false)] private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x.matmul({|LORA2012:fc1.weight|}.t());
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Reparametrize = true)] private readonly Block block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Lora(Reparametrize = false)] private readonly Linear fc2 = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x.matmul(fc1.weight!.t()).matmul({|LORA2012:fc2.weight|}!.t());
        }
        """,
        """
        [Lora(Targets = ["emb", "conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(128, 64);
            private readonly Conv1d conv = Conv1d(64, 64, 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor ids)
            {
                var rows = {|LORA2012:emb.weight|}!.index_select(0, ids) + {|LORA2012:emb.weight|}![ids];
                return functional.conv1d(rows, {|LORA2012:conv.weight|}!);
            }
        }
        """,
        // A head that shares the table: the adapter is in the one and not in the other.
        """
        [Lora(Targets = ["emb", "fc"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(128, 64);
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor ids) => functional.linear(fc.forward(emb.forward(ids)), {|LORA2012:emb.weight|});
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
                private readonly Linear fc1 = Linear(64, 64);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => functional.linear(x, fc1.weight, fc1.bias);
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, 64);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc1.forward(x);
            }
            """),
        (
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, 64);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    var y = nn.functional.linear(x + 1, this.fc1.weight, this.fc1.bias);
                    return y;
                }
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, 64);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    var y = this.fc1.forward(x + 1);
                    return y;
                }
            }
            """),
    ];
}
