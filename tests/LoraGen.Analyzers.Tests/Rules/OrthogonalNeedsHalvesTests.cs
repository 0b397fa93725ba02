namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OrthogonalNeedsHalvesTests : FixableRuleTests
{
    protected override string Id => "LORA1022";

    protected override string Message =>
        "InitA is Orthogonal and InitB is Zeros, but an orthogonal start gives A and B one half each of the rank's dimensions; set InitB to Orthogonal too";

    [Fact]
    public async Task An_odd_rank_is_told_the_next_even_one()
    {
        Assert.Equal(
            "Rank is 7, but an orthogonal start gives A and B one half each of the rank's dimensions; use an even rank, here 8", await MessageOf(Fires[1]));
    }

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8, InitA = {|LORA1022:LoraInit.Orthogonal|})]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Dora(typeof(Model), Rank = {|LORA1022:7|}, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]

        {{Models.Empty}}
        """,
        """
        [Lora(InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = {|LORA1022:3|})] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Rank = 2, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
        {{Models.Empty}}
        """,
        $$"""
        [Lora(Rank = 7, InitA = LoraInit.Gaussian)]
        {{Models.Empty}}
        """,
        // Not a value of the enum.
        $$"""
        [Lora(Rank = 8, InitA = (LoraInit)7)]
        {{Models.Empty}}
        """,
        // The model's InitB applies to the block's layer.
        $$"""
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Lora(InitA = LoraInit.Orthogonal)] private readonly Linear fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        [Lora(InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
        {{Models.CalledBlock}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 8, InitA = LoraInit.Orthogonal)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [Lora(Rank = 7, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
            {{Models.Empty}}
            """),
    ];
}
