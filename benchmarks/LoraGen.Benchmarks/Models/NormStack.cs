using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>LayerNorms one after another.</summary>
[LayerNormTuning]
internal sealed class NormStack : Module<Tensor, Tensor>
{
    public const long Width = 896;
    public const int Count = 8;

    private readonly ModuleList<LayerNorm> norms = new();

    public NormStack()
        : base(nameof(NormStack))
    {
        for (var i = 0; i < Count; i++)
            norms.Add(LayerNorm(Width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        foreach (var norm in norms)
            input = norm.forward(input);
        return input;
    }
}
