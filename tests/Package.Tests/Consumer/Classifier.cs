using LoraGen;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Consumer;

/// <summary>A model as most people write one, and one attribute.</summary>
[Lora(Rank = 4, Alpha = 8, Targets = ["hidden", "head"])]
internal sealed class Classifier : Module<Tensor, Tensor>
{
    private readonly Linear embed = Linear(6, 16);
    private readonly Linear hidden = Linear(16, 16);
    private readonly Linear head = Linear(16, 4);

    public Classifier()
        : base(nameof(Classifier))
    {
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(functional.relu(hidden.forward(functional.relu(embed.forward(input)))));
}
