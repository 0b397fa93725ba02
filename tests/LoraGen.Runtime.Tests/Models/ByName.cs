using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Layers in a dictionary. TorchSharp can't move one of these, so it is made where it is to run.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class ByName : Module<Tensor, Tensor>
{
    private readonly ModuleDict<Linear> layers;

    public ByName(Device device)
        : base(nameof(ByName))
    {
        layers = new ModuleDict<Linear> { ("a", Linear(4, 4, device: device)), ("b", Linear(4, 4, device: device)) };
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => layers["b"].forward(layers["a"].forward(input));
}
