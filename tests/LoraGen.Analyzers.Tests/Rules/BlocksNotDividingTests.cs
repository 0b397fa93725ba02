namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BlocksNotDividingTests : RuleTests
{
    private const string Body = """
            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    protected override string Id => "LORA1036";

    protected override string Message =>
        "fc2: BlockSize is 32, but the Linear(100, 64) has 100 inputs, which it does not divide into equal blocks of at least 2; use 10, 20, 25 or 50";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Oft(BlockSize = {|LORA1036:32|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 100);
            private readonly Linear fc2 = Linear(100, 64);
        {{Body}}
        """,
        // The default.
        $$"""
        [assembly: {|LORA1036:Oft(typeof(Model), BlockShare = true)|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> fc = Linear(48, 64);
        {{Body}}
        """,
        $$"""
        [Oft(BlockSize = 4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Oft(BlockSize = 0, Blocks = {|LORA1036:64|})] private readonly Linear fc = Linear(64, 64);
        {{Body}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // A divisor, a number of blocks, and another method.
        $$"""
        [Oft(BlockSize = 48)]
        [Oft(Name = "blocks", Blocks = 3)]
        [Lora(Name = "plain")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(96, 64);
        {{Body}}
        """,
        // Not a target.
        $$"""
        [Oft(Targets = ["fc1"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(100, 64);
        {{Body}}
        """,
        // A size that isn't known.
        """
        [Oft(BlockSize = 17)]
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
        [Oft]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Oft(BlockSize = 50)] private readonly Linear fc2 = Linear(100, 64);
        {{Body}}
        """,
    ];
}
