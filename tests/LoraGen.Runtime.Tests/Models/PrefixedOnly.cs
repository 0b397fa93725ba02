using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>An attention over embeddings that can read a prefix, but no virtual tokens: it is not <see cref="IPromptable"/>.</summary>
[PrefixTuning(Tokens = 2)]
[PrefixTuning(Name = "projected", Tokens = 2, Projection = true, ProjectionSize = 3)]
internal sealed class PrefixedOnly : Module<Tensor, Tensor>, IPrefixable
{
    private readonly Embedding embedding = Embedding(5, 4);
    private readonly Linear head = Linear(4, 5);

    public PrefixedOnly()
        : base(nameof(PrefixedOnly)) => RegisterComponents();

    int IPrefixable.AttentionLayers => 1;

    long IPrefixable.KeyValueHeads => 2;

    long IPrefixable.HeadSize => 2;

    /// <param name="ids">[batch, time]</param>
    /// <returns>[batch, time, 5]</returns>
    public override Tensor forward(Tensor ids)
    {
        var prompted = VirtualTokens.Prepend(this, embedding.forward(ids));
        var hidden = prompted.Embeddings;
        var own = hidden.view(hidden.shape[0], hidden.shape[1], 2, 2).transpose(1, 2);
        var (keys, values) = prompted.Prefix.Prepend(0, own, own);
        var mixed = own.matmul(keys.transpose(-2, -1)).softmax(-1).matmul(values);
        return head.forward(hidden + mixed.transpose(1, 2).flatten(2));
    }
}
