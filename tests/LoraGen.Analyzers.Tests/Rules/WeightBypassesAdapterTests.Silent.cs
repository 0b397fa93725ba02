namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Where the rule says nothing.</content>
public sealed partial class WeightBypassesAdapterTests
{
    protected override IReadOnlyList<string> Silent =>
    [
        // A row that is set, and a size.
        """
        [Lora(Targets = ["emb"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(128, 64);

            public Model() : base("Model")
            {
                RegisterComponents();
                using var noGrad = torch.no_grad();
                emb.weight![0].zero_();
            }

            public override Tensor forward(Tensor ids) => emb.forward(ids) * emb.weight!.shape[1];
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(128, 64);
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor ids) => functional.linear(fc.forward(emb.forward(ids)), emb.weight);
        }
        """,
        """
        [Lora(Reparametrize = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, fc1.weight, fc1.bias);
        }
        """,
        """
        [Lora(Targets = ["fc2"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

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

            public override Tensor forward(Tensor x) => fc1.forward(x.to(fc1.weight.dtype).view(-1, fc1.weight.shape[1]));
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;

            public Tensor Penalty() => fc1.weight.pow(2).sum();
        }
        """,
        """
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

            public Model()
                : base("Model")
            {
                var scale = functional.linear(ones(1, 64), fc1.weight);
                scale.Dispose();
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [LoraIgnore] private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => functional.linear(x, fc1.weight, fc1.bias);
        }
        """,
    ];
}
