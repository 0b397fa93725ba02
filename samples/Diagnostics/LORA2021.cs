namespace LORA2021;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear o_proj = Linear(64, 64);
    private readonly Masked q_proj = new();

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => o_proj.forward(q_proj.call(x, null));
}

public sealed class Masked : Module<Tensor, Tensor?, Tensor>, ILinearLayer
{
    private readonly Parameter w = new(randn(64, 64));

    public Masked() : base("Masked") => RegisterComponents();

    public long InFeatures => 64;

    public long OutFeatures => 64;

    public Tensor? Weight => w;

    public override Tensor forward(Tensor x, Tensor? mask) => functional.linear(mask is null ? x : x * mask, w);
}
