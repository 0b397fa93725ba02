namespace LORA4018;

[AdaLora(TotalSteps = 1000)]
public sealed class Small : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Small() : base("Small") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}

static class Program
{
    static void Train(Small model, Tensor x, Tensor target)
    {
        using var lora = model.AttachAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 1e-3));
        for (var i = 0; i < 1000; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = functional.mse_loss(model.call(x), target);
            loss.backward();
            optimizer.step();
        }
    }
}
