namespace Acme.Models;

internal sealed class Classifier : Backbone
{
    private readonly Linear fc2;
    private readonly Linear @class;

    public Classifier(int width = 16, int classes = 10) : base("Classifier", width)
    {
        this.fc2 = Linear(inputSize: width, outputSize: width);
        this.@class = Linear(width, classes);
        RegisterComponents();
    }

    protected override Module<Tensor, Tensor> Activation() => GELU();

    public override Tensor forward(Tensor x) => @class.forward(fc2.forward(base.forward(x)));
}
