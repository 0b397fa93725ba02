using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Models.Bert;

/// <summary>The first, widening layer of the feed-forward part.</summary>
public sealed class BertIntermediate : nn.Module<Tensor, Tensor>
{
    private readonly string activation;
    private readonly Linear dense;

    public BertIntermediate(BertConfig config)
        : base(nameof(BertIntermediate))
    {
        activation = config.HiddenAct;
        dense = nn.Linear(config.HiddenSize, config.IntermediateSize);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden)
    {
        var wide = dense.forward(hidden);
        return activation switch
        {
            "relu" => nn.functional.relu(wide),
            "gelu_new" => nn.functional.gelu(wide, GELU.Approximate.tanh),
            _ => nn.functional.gelu(wide),
        };
    }
}
