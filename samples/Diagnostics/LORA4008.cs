namespace LORA4008;

[Lora(Dropout = 0.1)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}

static class Program
{
    static void Train(Model model, Tensor x)
    {
        using var lora = model.AttachLora();
        model.train();
        model.call(x).sum().backward();
        using (no_grad())
            Console.WriteLine(model.call(x).sum().item<float>());
    }
}
