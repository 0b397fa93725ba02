using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>A model whose head has the embedding's weight.</summary>
[Lora(Rank = 2, Targets = ["head", "hidden"], Base = Quantization.Nf4)]
internal sealed class TiedModel : nn.Module<Tensor, Tensor>
{
    private readonly Embedding table;
    private readonly Linear hidden;
    private readonly Linear head;

    public TiedModel()
        : base(nameof(TiedModel))
    {
        table = nn.Embedding(12, 32);
        hidden = nn.Linear(32, 32);
        head = nn.Linear(32, 12, hasBias: false);
        head.weight = table.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(hidden.forward(table.forward(input)));
}
