using LoraGen;
using Models.Bert;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FineTuning.MiniLm;

/// <summary>MiniLM with a new head over the mean of its states, and the methods that can adapt it.</summary>
[FullFineTuning]
[Freeze(Layers = "^1..")]
[BitFit]
[Lora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = ["query", "value"])]
[Dora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = ["query", "value"])]
[Ia3(Targets = ["key", "value", "output.dense"], FeedForward = ["output.dense"], Exclude = ["attention.output.dense"])]
internal sealed class MiniLmClassifier : Module<Tensor, Tensor, Tensor>
{
    private readonly BertModel bert;
    private readonly Dropout dropout;

    [Trainable]
    private readonly Linear classifier;

    public MiniLmClassifier(BertModel bert, BertConfig config)
        : base(nameof(MiniLmClassifier))
    {
        this.bert = bert;
        dropout = Dropout(config.HiddenDropoutProb);
        classifier = Linear(config.HiddenSize, config.NumLabels);
        RegisterComponents();
    }

    /// <param name="ids">Tokens [batch, time].</param>
    /// <param name="attentionMask">[batch, time], 0 for padding.</param>
    /// <returns>The logits of the classes, [batch, classes].</returns>
    public override Tensor forward(Tensor ids, Tensor attentionMask) => classifier.forward(dropout.forward(Embed(ids, attentionMask)));

    /// <summary>As <see cref="forward"/>, to what represents the texts: [batch, width].</summary>
    public Tensor Embed(Tensor ids, Tensor attentionMask) => MiniLmModel.Mean(bert.Encode(ids, attentionMask, null), attentionMask);
}
