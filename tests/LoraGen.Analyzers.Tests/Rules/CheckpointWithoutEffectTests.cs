namespace LoraGen.Analyzers.Tests.Rules;

public sealed class CheckpointWithoutEffectTests : RuleTests
{
    protected override string Id => "LORA1021";

    protected override string Message => "[Checkpoint] on Block: Every is for the blocks of a ModuleList; set it on the member that holds the list";

    protected override IReadOnlyList<string> Fires =>
    [
        Model("{|LORA1021:Checkpoint(Every = 2)|}"),
        Model("Checkpoint", "{|LORA1021:Checkpoint(Every = 2)|}", "Block", "Block"),
        Model("Checkpoint", "{|LORA1021:Checkpoint(Every = 0)|}", "ModuleList<Block>", "Block"),
        Model("Checkpoint", "{|LORA1021:Checkpoint|}", "string", "Block"),
        Model("Checkpoint", "{|LORA1021:CheckpointAttribute|}", "ModuleList<Other>", "Other"),
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Model("Checkpoint"),
        Model("Checkpoint(Every = 1)"),
        Model("Checkpoint", "Checkpoint(Every = 4)", "ModuleList<Block>", "Block"),
        Model("Checkpoint", "Checkpoint", "Block", "Block"),
        Model("Checkpoint", "Checkpoint", "ModuleList<Module<Tensor, Tensor>>", "Block"),
    ];

    private static string Model(string ofBlock, string? ofMember = null, string type = "ModuleList<Block>", string item = "Block") => $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            {{(ofMember is null ? string.Empty : $"[{ofMember}]")}}
            private readonly {{type}} blocks = default!;
            private readonly {{item}} last = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => blocks is null ? x : x + last.GetHashCode();
        }

        [{{ofBlock}}]
        public sealed class Block : Module<Tensor, Tensor, (Tensor, Tensor)>
        {
            private readonly Linear fc = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override (Tensor, Tensor) forward(Tensor x, Tensor y) => (fc.forward(x), y);
        }

        public sealed class Other : Module<Tensor, (Tensor, int)>
        {
            private readonly Linear fc = Linear(64, 64);

            public Other() : base("Other") => RegisterComponents();

            public override (Tensor, int) forward(Tensor x) => (fc.forward(x), 1);
        }
        """;
}
