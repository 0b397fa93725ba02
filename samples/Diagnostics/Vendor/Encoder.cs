using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vendor;

public class Encoder : Module<Tensor, Tensor>
{
    public readonly Linear query = Linear(64, 64);
    public readonly ModuleList<Linear> layers = new(Linear(64, 64), Linear(64, 64));

    public Encoder() : base("Encoder") => RegisterComponents();

    public override Tensor forward(Tensor x) => layers[0].forward(query.forward(x));
}
