namespace Acme.Layers;

public sealed class Attention : Module<Tensor, Tensor>
{
    private readonly Linear q_proj, k_proj, v_proj;

    [Lora(Rank = 16, Alpha = 32)]
    private readonly Linear o_proj;

    private readonly int heads;

    public Attention(int width, int heads) : base(nameof(Attention))
    {
        this.heads = heads;
        q_proj = nn.Linear(width, width, hasBias: false);
        k_proj = nn.Linear(width, width / heads, hasBias: false);
        v_proj = nn.Linear(width, width / heads, hasBias: false);
        o_proj = nn.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var q = q_proj.forward(x);
        var k = k_proj.forward(x).repeat(1, 1, heads);
        var scores = functional.softmax(matmul(q, k.transpose(-2, -1)), -1);
        return o_proj.forward(matmul(scores, v_proj.forward(x).repeat(1, 1, heads)));
    }
}
