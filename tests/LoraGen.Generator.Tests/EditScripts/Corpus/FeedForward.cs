namespace Acme.Layers;

public sealed class FeedForward : Module<Tensor, Tensor>
{
    private const int Factor = 4;

    private readonly Linear gate_proj;
    private readonly Linear up_proj;
    private readonly Linear down_proj;

    public FeedForward(int width) : base("FeedForward")
    {
        gate_proj = Linear(width, Factor * width);
        up_proj = Linear(width, Factor * width);
        down_proj = Linear(Factor * width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => down_proj.forward(functional.silu(gate_proj.forward(x)) * up_proj.forward(x));
}
