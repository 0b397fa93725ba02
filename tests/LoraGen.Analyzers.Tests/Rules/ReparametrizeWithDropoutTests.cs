namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ReparametrizeWithDropoutTests : FixableRuleTests
{
    protected override string Id => "LORA1013";

    protected override string Message => "Dropout is 0.1, but with Reparametrize there is no input that it could act on; remove one of the two";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8, Dropout = {|LORA1013:0.1|}, Reparametrize = true)]
        {{Models.Empty}}
        """,
        """
        using AdaptAttribute = LoraGen.LoraAttribute;

        [assembly: Adapt(typeof(Model), Reparametrize = 1 < 2, Dropout = {|LORA1013:Model.Drop|})]

        public sealed class Model() : Module<Tensor, Tensor>("Model")
        {
            public const double Drop = 0.05;

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Dropout = 0.1)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Reparametrize = {|LORA1013:true|})] private readonly Linear a = Linear(4, 4);

            [Lora(Reparametrize = true, Dropout = {|LORA1013:0.2|})] private readonly Linear b = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => b.forward(a.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora(Dropout = 0.0, Reparametrize = true)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        """
        [Lora(Dropout = 0.1, Reparametrize = false)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        """
        [Lora(Dropout = 0.1)]
        [Lora(Name = "other", Reparametrize = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Name = "default", Dropout = 0.2)] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora(Dropout = 0.1)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Dropout = 0, Reparametrize = true)] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 8, Dropout = 0.1, Reparametrize = true)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, Reparametrize = true)]
            {{Models.Empty}}
            """),
    ];
}
