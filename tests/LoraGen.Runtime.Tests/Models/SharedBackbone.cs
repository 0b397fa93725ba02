// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA1011

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A backbone with a head of its own; several tasks may have one backbone.</summary>
[Lora(Rank = 2, Alpha = 3)]
[Lora(Name = "head", Rank = 2, Targets = ["head"])]
internal sealed class BackboneTask : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> backbone;
    private readonly Linear head;

    public BackboneTask(Module<Tensor, Tensor> backbone, int outputs)
        : base(nameof(BackboneTask))
    {
        this.backbone = backbone;
        head = Linear(4, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(backbone.forward(input));
}

/// <summary>A task whose backbone is trained as a whole.</summary>
[Lora(Rank = 2, Targets = ["head"])]
internal sealed class TrainedBackboneTask : Module<Tensor, Tensor>
{
    [Trainable]
    private readonly Linear backbone;
    private readonly Linear head = Linear(4, 3);

    public TrainedBackboneTask(Linear backbone)
        : base(nameof(TrainedBackboneTask))
    {
        this.backbone = backbone;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(backbone.forward(input));
}

/// <summary>A model with a part that is a model by itself.</summary>
[Lora(Rank = 2, Alpha = 3)]
internal sealed class WholeModel : Module<Tensor, Tensor>
{
    private readonly BackboneTask part;
    private readonly Linear last = Linear(3, 2);

    public WholeModel(BackboneTask part)
        : base(nameof(WholeModel))
    {
        this.part = part;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => last.forward(part.forward(input));
}
