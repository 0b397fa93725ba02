using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A layer whose kind the compiler doesn't know. It is determined when attaching.</summary>
[Lora(Rank = 4, Alpha = 6, Targets = ["inner"])]
[Lora(Name = "second", Rank = 2, Alpha = 2, Targets = ["inner"])]
[Lora(Name = "dropped", Rank = 4, Alpha = 6, Dropout = 0.5, Targets = ["inner"])]
[Lora(Name = "indivisible", Rank = 3, Targets = ["inner"])]
[Lora(Name = "untargeted", Rank = 4)]
[Lora(Name = "misspelt", Rank = 4, Targets = ["iner"])]
[Lora(Name = "convolved", Rank = 4, Kinds = [LayerKind.Convolution])]
[Lora(Name = "narrow", Rank = 4, Targets = ["inner"], Kinds = [LayerKind.Linear])]
[Lora(Name = "reparametrized", Rank = 4, Targets = ["inner"], Reparametrize = true)]
internal sealed class Wrapped : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> inner;

    public Wrapped(Module<Tensor, Tensor> inner)
        : base(nameof(Wrapped))
    {
        this.inner = inner;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => inner.forward(input);
}
