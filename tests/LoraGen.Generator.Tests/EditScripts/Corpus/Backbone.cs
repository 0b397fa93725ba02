namespace Acme.Models;

public abstract class Backbone : Module<Tensor, Tensor>
{
    protected readonly Linear fc1;
    protected internal Module<Tensor, Tensor> activation;
    private readonly Linear projection;

    protected Backbone(string name, int width) : base(name)
    {
        fc1 = Linear(width, 2 * width);
        activation = Activation();
        projection = Linear(2 * width, width);
    }

    protected virtual Module<Tensor, Tensor> Activation() => ReLU();

    public override Tensor forward(Tensor x) => projection.forward(activation.call(fc1.forward(x)));
}
