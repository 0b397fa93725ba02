using LoraGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Bert;

/// <summary>Attention and its output projection.</summary>
public sealed class BertAttention : Module<Tensor, Tensor, AttentionPrefix, Tensor>
{
    private readonly BertSelfAttention self;
    private readonly BertResidual output;

    public BertAttention(BertConfig config, int layer)
        : base(nameof(BertAttention))
    {
        self = new BertSelfAttention(config, layer);
        output = new BertResidual(config.HiddenSize, config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Tensor mask, AttentionPrefix prefix) => output.call(self.call(hidden, mask, prefix), hidden);
}
