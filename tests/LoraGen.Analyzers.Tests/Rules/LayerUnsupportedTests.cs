namespace LoraGen.Analyzers.Tests.Rules;

public sealed class LayerUnsupportedTests : RuleTests
{
    private const string Body = """
            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    protected override string Id => "LORA2019";

    protected override string Message =>
        "conv: DoRA needs the norm of the changed weight, but the Conv2d has 3 groups, and A reads the channels of all groups, "
        + "which a weight with groups can't represent. Leave the layer out of the targets, or adapt it by LoRA";

    [Fact]
    public async Task An_embedding_is_not_reparametrized()
    {
        Assert.Equal("emb: Reparametrize sets the weight of TorchSharp's Linear, but the layer is of kind Embedding", await MessageOf(Fires[1]));
    }

    [Fact]
    public async Task Rows_of_an_embedding_are_not_scaled()
    {
        Assert.Equal(
            "emb: FeedForward names an Embedding, whose inputs are numbers of rows and can't be scaled. Leave it out of FeedForward",
            await MessageOf(Fires[2]));
    }

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Dora(Targets = {|LORA2019:["fc", "conv"]|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Module<Tensor, Tensor> conv = Conv2d(12, 24, 3, groups: 3);
        {{Body}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = ["fc", "emb"], Reparametrize = {|LORA2019:true|})]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Embedding emb = Embedding(64, 64);
        {{Body}}
        """,
        $$"""
        [Ia3(Targets = ["fc", "emb"], FeedForward = {|LORA2019:["emb", "fc"]|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Embedding emb = Embedding(64, 64);
        {{Body}}
        """,
        $$"""
        [Vera(Targets = {|LORA2019:["fc", "conv"]|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Conv1d conv = Conv1d(12, 24, 3);
        {{Body}}
        """,
        // On the layer itself, if its class sets the option or the method alone causes the error.
        $$"""
        [Lora(Reparametrize = true)]
        [Dora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [{|LORA2019:Lora(Rank = 4)|}] private Embedding Emb { get; } = Embedding(64, 64);
            [{|LORA2019:Dora|}] private readonly Conv1d conv = Conv1d(12, 24, 3, groups: 2);
        {{Body}}
        """,
        $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Reparametrize = {|LORA2019:true|})] private readonly ModuleList<Conv1d> convs = new(Conv1d(4, 4, 1));
        {{Body}}
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // LoRA and IA³ on a convolution with groups; DoRA on one without.
        $$"""
        [Lora(Rank = 3, Targets = ["conv"])]
        [Ia3(Targets = ["conv", "emb"], FeedForward = ["conv"])]
        [Dora(Targets = ["plain", "emb"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(12, 24, 3, groups: 3);
            private readonly Conv2d plain = Conv2d(12, 24, 3);
            private readonly Embedding emb = Embedding(64, 64);
        {{Body}}
        """,
        // Without targets every Linear is adapted, and nothing else.
        $$"""
        [Dora]
        [Lora(Reparametrize = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Conv2d conv = Conv2d(12, 24, 3, groups: 3);
            private readonly Embedding emb = Embedding(64, 64);
        {{Body}}
        """,
        // A rank that does not fit has a rule of its own.
        $$"""
        [Lora(Rank = 8, Targets = ["conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv = Conv2d(12, 24, 3, groups: 3);
        {{Body}}
        """,
        // How many groups there are, and what the second is, can't be told.
        $$"""
        [Dora(Targets = ["conv"])]
        [Lora(Reparametrize = true, Targets = ["open"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Conv2d conv;
            private readonly Module<Tensor, Tensor> open;

            public Model(int groups, Module<Tensor, Tensor> given)
                : base("Model")
            {
                conv = Conv2d(12, 24, 3, groups: groups);
                open = given;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // The option is another one there.
        $$"""
        [Lora(Reparametrize = true, Targets = ["fc", "emb", "inner"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            [Lora(Reparametrize = false)] private readonly Embedding emb = Embedding(64, 64);
            [Lora(Reparametrize = false)] private readonly Block block = new();
        {{Body}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Embedding inner = Embedding(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];
}
