using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>AdaLoRA with another initial rank on a member, and VeRA with other options there.</summary>
[AdaLora(InitialRank = 3, TargetRank = 2, TotalSteps = 10)]
[Vera(Name = "differing", Rank = 3)]
[Vera(Name = "same", Rank = 3)]
[Vera(Name = "only second", Rank = 3, Targets = ["second"])]
internal sealed class TwoRanks : Module<Tensor, Tensor>
{
    private readonly Linear first = Linear(4, 4);

    [AdaLora(InitialRank = 4)]
    [Vera(Name = "differing", Rank = 4)]
    [Vera(Name = "same", Dropout = 0.5, DInitial = 0.3)]
    [Vera(Name = "only second", ProjectionKey = 7)]
    private readonly Linear second = Linear(4, 4);

    public TwoRanks()
        : base(nameof(TwoRanks)) => RegisterComponents();

    public override Tensor forward(Tensor x) => second.forward(first.forward(x));
}
