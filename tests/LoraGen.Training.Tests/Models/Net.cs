using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Training.Tests.Models;

/// <summary>Two layers with a norm and dropout between them: [batch, 6] → [batch, 3].</summary>
[Lora(Rank = 2, Alpha = 4, Dropout = 0.1)]
[AdaLora(InitialRank = 3, TargetRank = 2, Alpha = 6, InitialSteps = 2, FinalSteps = 2, TotalSteps = 12, Dropout = 0.1)]
[LoraFa(Rank = 2, Alpha = 4)]
internal sealed class Net : Module<Tensor, Tensor>
{
    public const long Inputs = 6;
    public const long Outputs = 3;

    private readonly Linear up = Linear(Inputs, 8);
    private readonly LayerNorm norm = LayerNorm(8);
    private readonly Dropout drop = Dropout(0.2);
    private readonly Linear down = Linear(8, Outputs);

    public Net()
        : base(nameof(Net)) => RegisterComponents();

    public Linear Up => up;

    public Linear Down => down;

    public Dropout Drop => drop;

    public override Tensor forward(Tensor input) => down.forward(drop.forward(norm.forward(up.forward(input).tanh())));
}
