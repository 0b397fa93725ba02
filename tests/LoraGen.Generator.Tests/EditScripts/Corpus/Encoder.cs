namespace Acme.Models;

[Lora(RankStabilized = true, Targets = ["self_attn.q_proj", "blocks.1.*"])]
internal sealed class Encoder : Module<Tensor, Tensor>
{
    private const int Width = 64;

    [Lora(Rank = 2)]
    private readonly ModuleList<Block> blocks = new(new Block(Width, 4), new Block(Width, 8));

    private readonly ModuleList<Linear> heads = new(Linear(Width, 2), Linear(Width, 3));
    private readonly Linear? pooler;

    public Encoder(bool pools = true) : base("Encoder")
    {
        pooler = pools ? Linear(Width, Width) : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = blocks.Aggregate(x, (state, block) => block.call(state));
        x = pooler?.forward(x) ?? x;
        return cat(heads.Select(head => head.forward(x)).ToArray(), -1);
    }
}
