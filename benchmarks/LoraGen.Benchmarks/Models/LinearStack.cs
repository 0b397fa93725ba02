using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>Linear layers one after another and nothing between them: what an adapter costs here it costs nowhere.</summary>
[Lora(Rank = 8, Alpha = 16)]
[Dora(Rank = 8, Alpha = 16)]
[Ia3]
internal sealed class LinearStack : Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> layers;

    public LinearStack(params long[] widths)
        : base(nameof(LinearStack))
    {
        layers = new ModuleList<Linear>();
        for (var i = 1; i < widths.Length; i++)
            layers.Add(Linear(widths[i - 1], widths[i]));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        foreach (var layer in layers)
            input = layer.forward(input);
        return input;
    }
}
