using LoraGen;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OwnMethod;

/// <summary>A small network of two layers, which the method of this sample adapts.</summary>
[Adapter<SsfMethod>]
public sealed class Network : Module<Tensor, Tensor>
{
    private readonly Linear hidden = Linear(4, 32);
    private readonly Linear output = Linear(32, 1);

    public Network()
        : base(nameof(Network)) => RegisterComponents();

    public override Tensor forward(Tensor x) => output.forward(functional.relu(hidden.forward(x)));
}
