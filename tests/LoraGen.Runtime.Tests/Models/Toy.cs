using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The goldens' toy model, as a TorchSharp user would write it: [batch, time, 32] → [batch, time, 32].</summary>
internal sealed class Toy : Module<Tensor, Tensor>
{
    public const long Width = 32;

    private readonly ModuleList<Block> layers;

    [Trainable(Name = "saved")]
    private readonly LayerNorm norm;

    public Toy()
        : base(nameof(Toy))
    {
        layers = ModuleList(new Block(), new Block());
        norm = LayerNorm(Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var layer in layers)
            x = layer.forward(x);
        return norm.forward(x);
    }
}
