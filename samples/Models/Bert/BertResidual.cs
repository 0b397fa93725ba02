using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Models.Bert;

/// <summary>
/// The end of both parts of a layer: a projection, a residual sum with the part's input, and a norm. Transformers' BertSelfOutput and BertOutput.
/// </summary>
public sealed class BertResidual : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly LayerNorm LayerNorm;
    private readonly Dropout dropout;

    public BertResidual(long inputSize, BertConfig config)
        : base(nameof(BertResidual))
    {
        dense = nn.Linear(inputSize, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        dropout = nn.Dropout(config.HiddenDropoutProb);
        RegisterComponents();
    }

    public override Tensor forward(Tensor computed, Tensor input)
    {
        return LayerNorm.forward(dropout.forward(dense.forward(computed)) + input);
    }
}
