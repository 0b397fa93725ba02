using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>Members that a configuration leaves out, declared as such or not.</summary>
[Lora(Rank = 2, Alpha = 4)]
internal sealed class Conditional : Module<Tensor, Tensor>
{
    private readonly Linear always = Linear(4, 4);
    private readonly Linear? sometimes;
    private readonly Linear promised = null!;
    private readonly Expert? block;
    private readonly ModuleList<Linear>? list;

    public Conditional(bool full)
        : base(nameof(Conditional))
    {
        if (full)
        {
            sometimes = Linear(4, 4);
            promised = Linear(4, 4);
            block = new Expert();
            list = ModuleList(Linear(4, 4));
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = always.forward(input);
        x = sometimes?.forward(x) ?? x;
        x = promised is null ? x : promised.forward(x);
        x = block is null ? x : block.forward(x);
        return list is null ? x : list[0].forward(x);
    }
}
