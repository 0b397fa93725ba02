using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>An embedding, three layers in a list, a norm, and parameters of its own, whose head shares the embedding's weight.</summary>
internal sealed class Tower : Module<Tensor, Tensor>
{
    private readonly Embedding tokens;
    private readonly ModuleList<Linear> layers;
    private readonly LayerNorm norm;
    private readonly Parameter scale;
    private readonly Linear head;

    public Tower()
        : base(nameof(Tower))
    {
        tokens = Embedding(7, 4);
        layers = ModuleList(Linear(4, 4), Linear(4, 4), Linear(4, 4));
        norm = LayerNorm(4);
        scale = new Parameter(ones(4));
        head = Linear(4, 7);
        RegisterComponents();
        head.weight = tokens.weight!;
    }

    public ModuleList<Linear> Layers => layers;

    public override Tensor forward(Tensor input)
    {
        var x = tokens.forward(input);
        foreach (var layer in layers)
            x = x + layer.forward(x).tanh();
        return head.forward(norm.forward(x) * scale);
    }
}
