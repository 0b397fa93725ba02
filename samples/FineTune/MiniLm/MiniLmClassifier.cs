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
[Lora(Name = "rs", Rank = 32, Alpha = 16, RankStabilized = true, Dropout = 0.05, Targets = ["query", "value"])]
[Adapter<LoraMethod>(Name = "swept", Targets = ["query", "value"])]
[Dora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = ["query", "value"])]
[AdaLora(InitialRank = 12, TargetRank = 8, Alpha = 24, InitialSteps = 13, FinalSteps = 65, TotalSteps = 130, Dropout = 0.05, Targets = ["query", "value"])]
[Vera(Rank = 256, Dropout = 0.05, Targets = ["query", "value"])]
[Oft(BlockSize = 16, Targets = ["query", "value"])]
[Ia3(Targets = ["key", "value", "output.dense"], FeedForward = ["output.dense"], Exclude = ["attention.output.dense"])]
[Bottleneck(Name = "houlsby", After = ["output.dense"])]
[Bottleneck(Name = "pfeiffer", After = ["output.dense"], Exclude = ["attention.output.dense"])]
[PrefixTuning(Tokens = 20)]
[PromptTuning(Tokens = 20, Init = PromptInit.Vocabulary)]
[PTuning(Tokens = 20, EncoderSize = 128)]
internal sealed class MiniLmClassifier : Module<Tensor, Tensor, Tensor>, IPromptable, IPrefixable
{
    private readonly BertConfig config;
    private readonly BertModel bert;
    private readonly Dropout dropout;

    [Trainable]
    private readonly Linear classifier;

    public MiniLmClassifier(BertModel bert, BertConfig config)
        : base(nameof(MiniLmClassifier))
    {
        this.config = config;
        this.bert = bert;
        dropout = Dropout(config.HiddenDropoutProb);
        classifier = Linear(config.HiddenSize, config.NumLabels);
        RegisterComponents();
    }

    long IPromptable.EmbeddingWidth => config.HiddenSize;

    Tensor? IPromptable.TokenEmbeddings => bert.EmbeddingWeight;

    long? IPromptable.MaxPositions => config.MaxPositionEmbeddings;

    int IPrefixable.AttentionLayers => config.NumHiddenLayers;

    long IPrefixable.KeyValueHeads => config.NumAttentionHeads;

    long IPrefixable.HeadSize => config.HiddenSize / config.NumAttentionHeads;

    long? IPrefixable.MaxPositions => config.MaxPositionEmbeddings;

    /// <param name="ids">Tokens [batch, time].</param>
    /// <param name="attentionMask">[batch, time], 0 for padding.</param>
    /// <returns>The logits of the classes, [batch, classes].</returns>
    public override Tensor forward(Tensor ids, Tensor attentionMask) => classifier.forward(dropout.forward(Embed(ids, attentionMask)));

    /// <summary>As <see cref="forward"/>, to what represents the texts: [batch, width]. Virtual tokens aren't part of the mean.</summary>
    public Tensor Embed(Tensor ids, Tensor attentionMask) => MiniLmModel.Mean(bert.Encode(ids, attentionMask, null), attentionMask);
}
