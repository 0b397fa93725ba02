using LoraGen;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Bert;

/// <summary>One layer of the encoder.</summary>
public sealed class BertLayer : Module<Tensor, Tensor, AttentionPrefix, Tensor>
{
    private readonly BertAttention attention;
    private readonly BertIntermediate intermediate;
    private readonly BertResidual output;

    public BertLayer(BertConfig config, int layer)
        : base(nameof(BertLayer))
    {
        attention = new BertAttention(config, layer);
        intermediate = new BertIntermediate(config);
        output = new BertResidual(config.IntermediateSize, config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Tensor mask, AttentionPrefix prefix)
    {
        var attended = attention.call(hidden, mask, prefix);
        return output.call(intermediate.forward(attended), attended);
    }
}
