using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>AdaLoRA with another initial rank on a member.</summary>
[AdaLora(InitialRank = 3, TargetRank = 2, TotalSteps = 10)]
internal sealed class TwoRanks : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(4, 4);

    [AdaLora(InitialRank = 4)]
    private readonly Linear second = Linear(4, 4);

    public TwoRanks()
        : base(nameof(TwoRanks)) => RegisterComponents();

    public override Tensor forward(Tensor x) => second.forward(first.forward(x));
}
