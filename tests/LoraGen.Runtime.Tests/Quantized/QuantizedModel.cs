using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Linear layers that are called in every way: by forward, by call, and by a container.</summary>
[Lora(Rank = 3, Alpha = 6, Base = Quantization.Nf4)]
[Lora(Name = "plain", Rank = 3, Alpha = 6)]
[Lora(Name = "loftq", Rank = 3, Alpha = 6, Base = Quantization.Nf2, LoftqIterations = 3)]
[Lora(Name = "part", Rank = 2, Targets = ["second"], Base = Quantization.Int8)]
[Lora(Name = "head", Targets = ["lm_head"], Base = Quantization.Nf4)]
[Pissa(Rank = 2)]
[FullFineTuning]
internal sealed class QuantizedModel : nn.Module<Tensor, Tensor>
{
    public readonly Linear first;
    public readonly Linear second;
    public readonly Linear lm_head;
    private readonly Sequential rest;

    public QuantizedModel(long width = 40)
        : base(nameof(QuantizedModel))
    {
        first = nn.Linear(width, 70);
        second = nn.Linear(70, width, hasBias: false);
        lm_head = nn.Linear(width, 9);
        rest = nn.Sequential(("gelu", nn.GELU()), ("third", nn.Linear(width, width)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => lm_head.forward(rest.call(second.call(first.forward(input))));
}
