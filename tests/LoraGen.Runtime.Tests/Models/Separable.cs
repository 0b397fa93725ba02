using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A model with depthwise convolutions between others.</summary>
[Lora(Rank = 4, Alpha = 4, Targets = ["*"])]
[Lora(Name = "without", Rank = 4, Alpha = 4, Targets = ["*"], Exclude = ["depthwise", "steps.1"])]
internal sealed class Separable : Module<Tensor, Tensor>
{
    private readonly ModuleList<SeparableBlock> blocks;
    private readonly ModuleList<Conv1d> steps;
    private readonly Linear head = Linear(6, 6);

    public Separable()
        : base(nameof(Separable))
    {
        blocks = new(new SeparableBlock(), new SeparableBlock());
        steps = new(Conv1d(6, 6, 3), Conv1d(6, 6, 3, groups: SeparableBlock.Half(6)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.call(blocks[1].call(blocks[0].call(input)).mean([2, 3]));
}
