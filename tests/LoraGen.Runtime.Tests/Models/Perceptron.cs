// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA1007

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Two layers; every option that an adapter can have in one of its adapters.</summary>
[Lora(Rank = 2, Alpha = 3)]
[Lora(Name = "dropped", Rank = 2, Alpha = 3, Dropout = 0.25)]
[Lora(Name = "up", Rank = 2, Alpha = 5, Targets = ["up"])]
[Lora(Name = "stabilized", Rank = 4, Alpha = 6, RankStabilized = true)]
[Lora(Name = "plain")]
[Lora(Name = "uniform B", Rank = 16, InitB = LoraInit.KaimingUniform)]
[Lora(Name = "gaussian A", Rank = 16, InitA = LoraInit.Gaussian)]
[Lora(Name = "gaussian B", Rank = 16, InitA = LoraInit.Zeros, InitB = LoraInit.Gaussian)]
[Lora(Name = "orthogonal", Rank = 16, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
internal sealed class Perceptron : Module<Tensor, Tensor>
{
    private readonly Linear up;
    private readonly Linear down;

    public Perceptron()
        : this(6, 8, 4)
    {
    }

    public Perceptron(long inputs, long width, long outputs, bool hasBias = true)
        : base(nameof(Perceptron))
    {
        up = Linear(inputs, width, hasBias);
        down = Linear(width, outputs);
        RegisterComponents();
    }

    public Linear Up => up;

    public Linear Down => down;

    public override Tensor forward(Tensor input) => down.forward(up.forward(input).tanh());
}
