/// <summary>A model without fault, for code that is wrong about something else.</summary>
[Lora(Rank = 8, Alpha = 16)]
public sealed class Net : Module<Tensor, Tensor>
{
    private readonly Linear fc1;
    private readonly Linear fc2;

    public Net()
        : base("Net")
    {
        fc1 = Linear(64, 64);
        fc2 = Linear(64, 32);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => fc2.forward(functional.relu(fc1.forward(x)));
}
