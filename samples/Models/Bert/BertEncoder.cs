using LoraGen;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Bert;

/// <summary>The layers, one after the other.</summary>
public sealed class BertEncoder : Module<Tensor, Tensor, AttentionPrefix, Tensor>
{
    private readonly ModuleList<BertLayer> layer;

    public BertEncoder(BertConfig config)
        : base(nameof(BertEncoder))
    {
        layer = new ModuleList<BertLayer>();
        for (var i = 0; i < config.NumHiddenLayers; i++)
            layer.Add(new BertLayer(config, i));
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Tensor mask, AttentionPrefix prefix)
    {
        foreach (var one in layer)
            hidden = one.call(hidden, mask, prefix);
        return hidden;
    }
}
