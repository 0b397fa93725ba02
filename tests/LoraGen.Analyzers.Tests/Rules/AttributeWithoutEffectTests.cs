namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AttributeWithoutEffectTests : FixableRuleTests
{
    protected override string Id => "LORA1014";

    protected override string Message => "[Lora] on norm has no effect: LayerNorm neither is nor contains a layer that can be adapted; remove it";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            [{|LORA1014:Lora(Rank = 4)|}] private readonly LayerNorm norm = LayerNorm(4);
            [{|LORA1014:Lora|}] private readonly Tensor mask = torch.ones(4);
            [{|LORA1014:Lora|}] private readonly int[] sizes = [4];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => norm.forward(fc.forward(x)) * mask * sizes[0];
        }
        """,
        """
        [assembly: Lora(typeof(Model))]

        public class Model : Module<Tensor, Tensor>
        {
            [{|LORA1014:Lora(Rank = 4)|}] private static readonly Linear shared = Linear(4, 4);

            private readonly Linear fc = Linear(4, 4);

            [{|LORA1014:Lora(Rank = 2)|}] public Linear Fc => fc;

            [{|LORA1014:Lora|}] private Func<Tensor, Tensor> Activation { get; } = x => functional.relu(x);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => Activation(shared.forward(Fc.forward(x)));
        }
        """,
        """
        internal sealed class Trainer
        {
            [{|LORA1014:Lora(Rank = 4)|}] private readonly Net net = new();

            [{|LORA1014:LoraGen.Lora|}] public Net Net => net;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 4)] private readonly Linear fc = Linear(4, 4);
            [Lora(Rank = 4)] private readonly Sequential mlp = Sequential(Linear(4, 4));
            [Lora(Rank = 4)] private readonly ModuleList<Net> nets = new();
            [Lora(Rank = 4)] private readonly Module<Tensor, Tensor> any = LayerNorm(4);
            [Lora(Rank = 4)] private readonly Linear[] heads = [Linear(4, 4)];
            [Lora(Rank = 4)] private readonly Dictionary<string, Net> byName = [];
            [Lora(Rank = 4)] private readonly object something = Linear(4, 4);
            [Lora(Rank = 4)] private readonly IDisposable resource = Linear(4, 4);
            [Lora(Rank = 4)] private Net? Optional { get; set; }

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => any.forward(mlp.forward(fc.forward(x)));
        }
        """,
        """
        public abstract class Base<T>(string name) : Module<Tensor, Tensor>(name)
            where T : Module<Tensor, Tensor>
        {
            [Lora(Rank = 4)] protected T? body;
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 4)] private Linear Fc { get; init; } = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Obsolete] private static readonly int count = 4;
            [field: Lora(Rank = 4)] private Linear Fc { get; } = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        """
        public sealed class Scaled : Module<Tensor, Tensor>, ILinearLayer
        {
            public Scaled() : base("Scaled") => RegisterComponents();

            public long InFeatures => 4;
            public long OutFeatures => 4;
            public Tensor? Weight => null;
            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 4)] private readonly Scaled fc = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
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
                private readonly Linear fc = Linear(4, 4);

                // Its own scale.
                [Lora(Rank = 4)]
                private readonly LayerNorm norm = LayerNorm(4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => norm.forward(fc.forward(x));
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                // Its own scale.
                private readonly LayerNorm norm = LayerNorm(4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => norm.forward(fc.forward(x));
            }
            """),
        (
            """
            internal sealed class Trainer
            {
                [Lora] private readonly Net net = new();

                public Net Net => net;
            }
            """,
            """
            internal sealed class Trainer
            {
                private readonly Net net = new();

                public Net Net => net;
            }
            """),
        (
            """
            internal sealed class Trainer
            {
                [Lora, Obsolete]
                public Net? Net { get; set; }
            }
            """,
            """
            internal sealed class Trainer
            {
                [Obsolete]
                public Net? Net { get; set; }
            }
            """),
        (
            """
            internal sealed class Trainer
            {
                /// <summary>The model.</summary>
                [Obsolete]
                [Lora(Rank = 2)]
                public Net? Net { get; set; }
            }
            """,
            """
            internal sealed class Trainer
            {
                /// <summary>The model.</summary>
                [Obsolete]
                public Net? Net { get; set; }
            }
            """),
    ];
}
