// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA1001, LORA1002, LORA1005, LORA1006, LORA1016, LORA2006, LORA2007

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Adapters with invalid options. Attaching refuses all but the last two.</summary>
[Lora(Name = "no rank", Rank = 0)]
[Lora(Name = "no alpha", Alpha = 0)]
[Lora(Name = "negative alpha", Alpha = -1)]
[Lora(Name = "infinite alpha", Alpha = double.PositiveInfinity)]
[Lora(Name = "all dropped", Dropout = 1)]
[Lora(Name = "negative dropout", Dropout = -0.1)]
[Lora(Name = "NaN dropout", Dropout = double.NaN)]
[Lora(Name = "dead", InitA = LoraInit.Zeros)]
[Lora(Name = "over budget", Rank = 2, MaxTrainableParameters = 15)]
[Lora(Name = "within budget", Rank = 2, MaxTrainableParameters = 16)]
[Lora(Name = "NaN alpha", Rank = 3, Alpha = double.NaN)]
internal sealed class Misconfigured : Module<Tensor, Tensor>
{
    private readonly Linear proj = Linear(4, 4);

    public Misconfigured()
        : base(nameof(Misconfigured)) => RegisterComponents();

    public override Tensor forward(Tensor input) => proj.forward(input);
}

/// <summary>A model with nothing to adapt.</summary>
[Lora]
[Lora(Name = "targeted", Targets = ["proj"])]
internal sealed class Layerless : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm = LayerNorm(4);

    public Layerless()
        : base(nameof(Layerless)) => RegisterComponents();

    public override Tensor forward(Tensor input) => norm.forward(input);
}

/// <summary>No layer has a bias.</summary>
[Lora(Rank = 2, Bias = LoraBias.LoraOnly)]
[Lora(Name = "mixed", Rank = 2)]
internal sealed class NoBiases : Module<Tensor, Tensor>
{
    [Lora(Name = "mixed", Bias = LoraBias.All)]
    private readonly Linear first = Linear(4, 4, hasBias: false);

    private readonly Linear second = Linear(4, 4, hasBias: false);

    public NoBiases()
        : base(nameof(NoBiases)) => RegisterComponents();

    public override Tensor forward(Tensor input) => second.forward(first.forward(input));
}
