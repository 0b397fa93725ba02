namespace LoraGen.Analyzers.Tests.Rules;

public sealed class GloraNeedsBiasTests : RuleTests
{
    private const string Body = """
            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    protected override string Id => "LORA1023";

    protected override string Message =>
        "fc2: PartC is None and PartDE is Constant, but the Linear has no bias for C, D and E to change; set both to None there";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Glora(PartC = {|LORA1023:GloraPart.None|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64, false);
        {{Body}}
        """,
        $$"""
        [assembly: {|LORA1023:Glora(typeof(Model), Rank = 4)|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> fc = Linear(64, 64, hasBias: false);
        {{Body}}
        """,
        $$"""
        [Glora(PartC = GloraPart.None, PartDE = GloraPart.None)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Glora(PartC = {|LORA1023:GloraPart.Vector|})] private readonly ModuleList<Linear> list = new(Linear(64, 64, false), Linear(64, 64, false));
        {{Body}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // With a bias.
        $$"""
        [Glora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
        {{Body}}
        """,
        // Without the parts.
        $$"""
        [Glora(PartC = GloraPart.None, PartDE = GloraPart.None)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64, false);
        {{Body}}
        """,
        // Not a target.
        $$"""
        [Glora(Targets = ["fc1"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64, false);
        {{Body}}
        """,
        // Not known.
        """
        [Glora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Model(bool hasBias)
                : base("Model")
            {
                fc = Linear(64, 64, hasBias);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];
}
