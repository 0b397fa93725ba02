using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A small language model: the next of 64 tokens from the four before it.</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["hidden", "head"])]
[AdaLora(InitialRank = 6, TargetRank = 3, Alpha = 6, TotalSteps = 40, InitialSteps = 5, FinalSteps = 10, Targets = ["hidden", "head"])]
[LoraFa(Rank = 8, Alpha = 16, Targets = ["hidden", "head"])]
internal sealed class NextToken : Module<Tensor, Tensor>
{
    public const int Tokens = 64;
    public const int Context = 4;

    private const int Width = 32;
    private const int Inner = 128;

    private readonly Embedding embedding = Embedding(Tokens, Width);
    private readonly Linear hidden = Linear(Context * Width, Inner);
    private readonly LayerNorm norm = LayerNorm(Inner);
    private readonly Linear head = Linear(Inner, Tokens);

    public NextToken()
        : base(nameof(NextToken)) => RegisterComponents();

    public override Tensor forward(Tensor input) => head.forward(norm.forward(hidden.forward(embedding.forward(input).flatten(1)).relu()));
}
