using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>Linear layers one after another and nothing between them: what an adapter costs here it costs nowhere.</summary>
[Lora(Rank = Rank, Alpha = Alpha)]
[Dora(Rank = Rank, Alpha = Alpha)]
[Lora(Name = "biased", Rank = Rank, Alpha = Alpha, BiasB = true)]
[LoraFa(Rank = Rank, Alpha = Alpha)]
[Pissa(Rank = Rank, Alpha = Alpha)]
[Olora(Rank = Rank, Alpha = Alpha)]
[AdaLora(InitialRank = Rank, TargetRank = Rank / 2, Alpha = Alpha, TotalSteps = 1000)]
[Glora(Rank = Rank)]
[Velora(Rank = Rank, Alpha = Alpha, Groups = Groups)]
[Vera(Rank = VeraRank)]
[Ia3]
[Oft(BlockSize = BlockSize)]
[Oft(Name = "exact", BlockSize = BlockSize, NeumannTerms = 0)]
[Bottleneck(After = ["layers.*"], ReductionFactor = ReductionFactor)]
[FullFineTuning]
[BitFit]
[Freeze(Layers = "^2..")]
internal sealed class LinearStack : Module<Tensor, Tensor>
{
    public const int Rank = 8;
    public const double Alpha = 16;
    public const int Groups = 64;
    public const int BlockSize = 32;
    public const int ReductionFactor = 16;
    public const int VeraRank = 256;

    private readonly ModuleList<Linear> layers;

    public LinearStack(params long[] widths)
        : base(nameof(LinearStack))
    {
        layers = new ModuleList<Linear>();
        for (var i = 1; i < widths.Length; i++)
            layers.Add(Linear(widths[i - 1], widths[i]));
        RegisterComponents();
    }

    public IReadOnlyList<Linear> Layers => [.. layers];

    public override Tensor forward(Tensor input)
    {
        foreach (var layer in layers)
            input = layer.forward(input);
        return input;
    }
}
