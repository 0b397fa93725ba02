using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary><see cref="LinearStack"/> with LoRA of the same rank and alpha written by hand, as PEFT would run it.</summary>
internal sealed class PeftStack : Module<Tensor, Tensor>
{
    private readonly ModuleList<PeftLinear> layers;

    public PeftStack(params long[] widths)
        : base(nameof(PeftStack))
    {
        layers = new ModuleList<PeftLinear>();
        for (var i = 1; i < widths.Length; i++)
            layers.Add(new PeftLinear(widths[i - 1], widths[i]));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        foreach (var layer in layers)
            input = layer.forward(input);
        return input;
    }
}
