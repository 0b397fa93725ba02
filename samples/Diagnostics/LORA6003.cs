namespace LORA6003;

public sealed class LoraLinear : Module<Tensor, Tensor>
{
    private readonly Linear linear;
    private readonly Parameter lora_A;
    private readonly Parameter lora_B;
    private readonly double scaling;

    public LoraLinear(Linear linear, int rank, double alpha)
        : base("LoraLinear")
    {
        this.linear = linear;
        linear.weight!.requires_grad = false;
        lora_A = new Parameter(randn(rank, linear.in_features).mul(1.0 / rank));
        lora_B = new Parameter(zeros(linear.out_features, rank));
        scaling = alpha / rank;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var update = x.matmul(lora_A.t()).matmul(lora_B.t());
        return (linear.forward(x) + update) * scaling;
    }
}
