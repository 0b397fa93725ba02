namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BiasNotMergeableTests : RuleTests
{
    private const string Body = """
            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    protected override string Id => "LORA1025";

    protected override string Message =>
        "fc2: BiasB trains a bias on B, but the Linear has none to merge it into, so Merge would throw; leave BiasB out there, or keep the adapter attached";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(BiasB = {|LORA1025:true|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64, hasBias: false);
        {{Body}}
        """,
        $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(BiasB = {|LORA1025:true|})] private readonly ModuleList<Conv2d> convs = 
                new(Conv2d(64, 64, 3, bias: false), Conv2d(64, 64, 3, 1, 1, bias: false));
        {{Body}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = ["conv"], BiasB = {|LORA1025:true|})]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> conv = Conv1d(64, 64, 3, bias: false);
        {{Body}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // No target, and no bias.
        $$"""
        [Lora(BiasB = true, Exclude = ["fc2"])]
        [Lora(Name = "other", BiasB = false)]
        [Dora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64, hasBias: false);
            private readonly Conv2d conv = Conv2d(64, 64, 3, bias: false);
        {{Body}}
        """,
        // An Embedding has another rule.
        $$"""
        [Lora(BiasB = true, Targets = ["emb"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(64, 64);
        {{Body}}
        """,
        // A layer with a bias, and one of which it isn't known.
        $$"""
        [Lora(BiasB = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2;

            public Model(bool hasBias)
                : base("Model")
            {
                fc2 = Linear(64, 64, hasBias);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // The option is another one there, or isn't set.
        $$"""
        [Lora(BiasB = true)]
        [Lora(Name = "plain")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Lora(BiasB = false)] private readonly Linear fc2 = Linear(64, 64, hasBias: false);
        {{Body}}
        """,
    ];
}
