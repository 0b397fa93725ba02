using LoraGen;
using TorchSharp.Modules;
using Vision.ResNet;
using Vision.Shapes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vision.Training;

/// <summary>The ResNet with a new head. LoRA adapts the 3×3 convolutions of all blocks.</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["resnet.layer*.conv*"])]
internal sealed class ShapeClassifier : Module<Tensor, Tensor>
{
    private readonly ResNet18 resnet;

    [Trainable]
    private readonly Linear head;

    public ShapeClassifier(ResNet18 resnet)
        : base(nameof(ShapeClassifier))
    {
        this.resnet = resnet;
        head = Linear(ResNet18.Features, ShapeImages.Shapes);
        RegisterComponents();
    }

    /// <param name="images">Preprocessed images, [batch, 3, height, width].</param>
    /// <returns>The logits of the shapes, [batch, shapes].</returns>
    public override Tensor forward(Tensor images) => head.forward(resnet.forward(images));

    /// <summary>Leaves the head as the only part that learns, for a training without an adapter.</summary>
    public IEnumerable<Parameter> HeadAlone()
    {
        foreach (var parameter in resnet.parameters())
            parameter.requires_grad = false;
        return head.parameters();
    }
}
