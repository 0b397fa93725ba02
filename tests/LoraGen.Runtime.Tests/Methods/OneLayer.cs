using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>A model of one layer, whose kind is given by name.</summary>
[Lora(Rank = 2, Alpha = 3, Targets = ["layer"])]
[Lora(Name = "second", Rank = 1, Targets = ["layer"])]
[Lora(Name = "stable", Rank = 2, Alpha = 3, RankStabilized = true, Targets = ["layer"])]
[Lora(Name = "orthogonal", Rank = 4, Alpha = 6, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal, Targets = ["layer"])]
[Lora(Name = "oddly orthogonal", Rank = 2, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal, Targets = ["layer"])]
[Lora(Name = "biased B", Rank = 2, Alpha = 3, BiasB = true, Targets = ["layer"])]
[Lora(Name = "set biased B", Rank = 2, BiasB = true, Reparametrize = true, Targets = ["layer"])]
[Dora(Rank = 2, Alpha = 3, Targets = ["layer"])]
[Dora(Name = "dropped", Rank = 2, Dropout = 0.5, Targets = ["layer"])]
[Dora(Name = "set", Rank = 2, Reparametrize = true, Targets = ["layer"])]
[Pissa(Rank = 2, Alpha = 3, Targets = ["layer"])]
[Olora(Rank = 2, Alpha = 3, Targets = ["layer"])]
[Glora(Rank = 2, Targets = ["layer"])]
[Glora(Name = "vector", PartAB = GloraPart.Vector, PartC = GloraPart.Vector, PartDE = GloraPart.Vector, Targets = ["layer"])]
[Glora(Name = "constant", PartAB = GloraPart.Constant, PartC = GloraPart.None, PartDE = GloraPart.Constant, Targets = ["layer"])]
[Glora(Name = "weight", Rank = 2, PartC = GloraPart.None, PartDE = GloraPart.None, Targets = ["layer"])]
[Glora(Name = "bias", Rank = 2, PartAB = GloraPart.None, PartDE = GloraPart.Vector, Targets = ["layer"])]
[Glora(Name = "nothing", PartAB = GloraPart.None, PartC = GloraPart.None, PartDE = GloraPart.None, Targets = ["layer"])]
[Glora(Name = "constant C", PartC = GloraPart.Constant, Targets = ["layer"])]
[Glora(Name = "low-rank D", PartDE = GloraPart.LowRank, Targets = ["layer"])]
[Velora(Rank = 2, Alpha = 3, Groups = 3, Targets = ["layer"])]
[Velora(Name = "each", Rank = 2, Alpha = 3, Groups = 2, GradientScale = 0.5, Projection = VeloraProjection.EachBatch, Targets = ["layer"])]
[Velora(Name = "random", Rank = 2, Groups = 3, Projection = VeloraProjection.Random, Targets = ["layer"])]
[Velora(Name = "indivisible", Rank = 2, Groups = 4, Targets = ["layer"])]
[Vera(Rank = 7, Targets = ["layer"])]
[Vera(Name = "keyed", Rank = 3, ProjectionKey = 5, Targets = ["layer"])]
[Vera(Name = "dropped", Rank = 7, Dropout = 0.5, Targets = ["layer"])]
[Ia3(Targets = ["layer"])]
[Oft(BlockSize = 3, Targets = ["layer"])]
[Oft(Name = "exact", Blocks = 2, NeumannTerms = 0, Targets = ["layer"])]
[Oft(Name = "shared", BlockSize = 2, BlockShare = true, Targets = ["layer"])]
[Oft(Name = "constrained", BlockSize = 3, Constrained = true, Epsilon = 0.1, Targets = ["layer"])]
[Oft(Name = "dropped", BlockSize = 2, Dropout = 0.5, Targets = ["layer"])]
[Oft(Name = "indivisible", BlockSize = 4, Targets = ["layer"])]
[Oft(Name = "indivisible blocks", Blocks = 4, Targets = ["layer"])]
[Oft(Name = "single", Blocks = 6, Targets = ["layer"])]
[LoraFa(Rank = 2, Alpha = 3, Targets = ["layer"])]
[LoraFa(Name = "wide", Rank = 7, Targets = ["layer"])]
[AdaLora(InitialRank = 3, TargetRank = 2, Alpha = 4, InitialSteps = 500, FinalSteps = 200, TotalSteps = 2000, Targets = ["layer"])]
[AdaLora(Name = "short", InitialRank = 3, TargetRank = 1, OrthogonalWeight = 0, Interval = 3, InitialSteps = 4, FinalSteps = 5, TotalSteps = 24,
    Targets = ["layer"])]
[Ia3(Name = "input", Targets = ["layer"], FeedForward = ["layer"])]
[Freeze(Targets = ["layer"])]
[FullFineTuning]
[BitFit]
[TrainableTokens(Tokens = [3, 1], Targets = ["layer"])]
[Bottleneck(After = ["layer"], ReductionFactor = 1)]
[Adapter<ScaledRows>(Targets = ["layer"])]
[Adapter<ScaledRows>(Name = "biased", Bias = LoraBias.LoraOnly, Targets = ["layer"])]
[Adapter<Gate>(Targets = ["layer"])]
internal sealed class OneLayer : Module<Tensor, Tensor>
{
    public static readonly string[] Kinds = ["Linear", "Embedding", "Conv1d", "Conv2d", "Conv3d"];

    private readonly Module<Tensor, Tensor> layer;

    public OneLayer(string kind)
        : base(nameof(OneLayer))
    {
        layer = kind switch
        {
            "Linear" => Linear(6, 5),
            "Embedding" => Embedding(7, 5),
            "Conv1d" => Conv1d(3, 5, 3, padding: 1),
            "Conv2d" => Conv2d(3, 5, (3, 2), stride: (1, 2), padding: (1, 0)),
            "Conv3d" => Conv3d(2, 5, 2, padding_mode: PaddingModes.Circular, padding: 1),
            "grouped Conv1d" => Conv1d(4, 6, 3, groups: 2),
            "Linear without bias" => Linear(6, 5, hasBias: false),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
        RegisterComponents();
    }

    public Module<Tensor, Tensor> Layer => layer;

    public override Tensor forward(Tensor x) => layer.forward(x);

    /// <summary>An input for that kind, in float32; ids for an Embedding.</summary>
    public static Tensor Input(string kind)
    {
        return kind switch
        {
            "Linear" or "Linear without bias" => Make.Normal(3, 4, 3, 6),
            "Embedding" => tensor(new long[] { 0, 3, 6, 3, 1, 2, 4, 5 }, device: TestDevice.Device).view(2, 4),
            "Conv1d" => Make.Normal(3, 4, 3, 6),
            "Conv2d" => Make.Normal(3, 4, 3, 4, 6),
            "Conv3d" => Make.Normal(3, 2, 2, 3, 3, 3),
            "grouped Conv1d" => Make.Normal(3, 4, 4, 6),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
    }
}
