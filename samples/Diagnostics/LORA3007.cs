namespace LORA3007;

// Vendor.Encoder is a class of a referenced assembly; it has a Linear called query.
[Lora(Targets = ["query"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Vendor.Encoder encoder = new();

    public Model()
        : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => encoder.forward(x);
}
