namespace LORA6001;

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
        lora_A = new Parameter(zeros(rank, linear.in_features));
        lora_B = new Parameter(zeros(linear.out_features, rank));
        scaling = alpha / rank;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;
}
