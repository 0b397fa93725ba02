// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA1013, LORA2007, LORA2012

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Uses its layers' weights without calling the layers, as no hook and no interceptor can see.</summary>
[Lora(Rank = 2, Alpha = 3, Reparametrize = true)]
[Lora(Name = "hooked", Rank = 2, Alpha = 3)]
[Lora(Name = "dropped", Reparametrize = true, Dropout = 0.1)]
internal sealed class DirectWeights : Module<Tensor, Tensor>
{
    private readonly Linear up = Linear(6, 8);
    private readonly Linear down = Linear(8, 4);

    public DirectWeights()
        : base(nameof(DirectWeights)) => RegisterComponents();

    public bool Fails { get; set; }

    public Linear Up => up;

    public override Tensor forward(Tensor input)
    {
        var hidden = functional.linear(input, up.weight, up.bias);
        if (Fails)
            throw new InvalidOperationException("fails on purpose");
        return functional.linear(hidden.tanh(), down.weight, down.bias);
    }
}
