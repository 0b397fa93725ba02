namespace LoraGen.Analyzers.Tests.Rules;

public sealed class GroupsNotDividingTests : RuleTests
{
    private const string Body = """
            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    protected override string Id => "LORA1024";

    protected override string Message =>
        "fc2: Groups is 64, but the Linear(100, 64) has 100 inputs, which are not divided into so many equal parts; use a divisor, such as 50";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Velora(Groups = {|LORA1024:64|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 100);
            private readonly Linear fc2 = Linear(100, 64);
        {{Body}}
        """,
        $$"""
        [assembly: {|LORA1024:Velora(typeof(Model), Rank = 4)|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> fc = Linear(96, 64);
        {{Body}}
        """,
        $$"""
        [Velora(Groups = 4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Velora(Groups = {|LORA1024:0|})] private readonly Linear fc = Linear(64, 64);
        {{Body}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // A divisor, and another method.
        $$"""
        [Velora(Groups = 32)]
        [Lora(Name = "plain")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(96, 64);
        {{Body}}
        """,
        // Not a target.
        $$"""
        [Velora(Targets = ["fc1"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(96, 64);
        {{Body}}
        """,
        // A size that isn't known.
        """
        [Velora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Model(int width)
                : base("Model")
            {
                fc = Linear(width, 64);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // The option is another one there.
        $$"""
        [Velora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Velora(Groups = 48)] private readonly Linear fc2 = Linear(96, 64);
        {{Body}}
        """,
    ];
}
