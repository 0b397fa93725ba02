// Ranks that are as large as the layers, and a block that is adapted by one of two adapters: as PEFT allows.
#pragma warning disable LORA2007, LORA2015, LORA2016

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A layer of each kind, and the folders of every method and option. Not meant to be run.</summary>
[Lora(Name = "plain", Rank = 2, Alpha = 4, Targets = ["*"])]
[Lora(Name = "all biases", Rank = 2, Alpha = 3, Targets = ["*"], Bias = LoraBias.All)]
[Lora(Name = "own biases", Rank = 2, Alpha = 3, Targets = ["*"], Bias = LoraBias.LoraOnly)]
[Lora(Name = "stabilized", Rank = 3, Alpha = 5, Targets = ["*"], RankStabilized = true, Exclude = ["grouped"])]
[Lora(Name = "gaussian", Rank = 2, Targets = ["*"], InitA = LoraInit.Gaussian, Dropout = 0.5)]
[Lora(Name = "ranks", Rank = 2, Alpha = 4)]
[Lora(Name = "excluded", Rank = 2, Exclude = ["blocks.0.*", "blocks.1.fc2"])]
[Lora(Name = "first", Rank = 2, Layers = "0")]
[Lora(Name = "linear", Rank = 2, Targets = ["fc"])]
[Lora(Name = "embedding", Rank = 2, Targets = ["embed"])]
[Lora(Name = "one", Rank = 2, Targets = ["one"])]
[Lora(Name = "two", Rank = 2, Targets = ["two"])]
[Lora(Name = "three", Rank = 2, Targets = ["three"])]
[Lora(Name = "grouped", Rank = 4, Targets = ["grouped"])]
[Lora(Name = "looked up", Rank = 2, Kinds = [LayerKind.Embedding, LayerKind.Linear])]
[Lora(Name = "convolved", Rank = 2, Targets = ["t*", "blocks.*"], Kinds = [LayerKind.Convolution, LayerKind.Linear])]
[Dora(Name = "plain", Rank = 2, Alpha = 4, Targets = ["*"], Exclude = ["grouped"])]
[Dora(Name = "all biases", Rank = 2, Alpha = 3, Targets = ["*"], Exclude = ["grouped"], Bias = LoraBias.All)]
[Dora(Name = "own biases", Rank = 2, Alpha = 3, Targets = ["*"], Exclude = ["grouped"], Bias = LoraBias.LoraOnly)]
[Dora(Name = "stabilized", Rank = 3, Alpha = 5, Targets = ["*"], RankStabilized = true, Exclude = ["grouped"])]
[Dora(Name = "ranks", Rank = 2, Alpha = 4)]
[Dora(Name = "first", Rank = 2, Layers = "0")]
[Dora(Name = "linear", Rank = 2, Targets = ["fc"])]
[Dora(Name = "embedding", Rank = 2, Targets = ["embed"])]
[Dora(Name = "one", Rank = 2, Targets = ["one"])]
[Dora(Name = "two", Rank = 2, Targets = ["two"])]
[Dora(Name = "three", Rank = 2, Targets = ["three"])]
[Ia3(Name = "plain", Targets = ["fc", "fc1", "fc2"], FeedForward = ["fc2"])]
[Ia3(Name = "all biases", Targets = ["fc1"], Bias = LoraBias.All)]
[Ia3(Name = "own biases", Targets = ["fc1"], Bias = LoraBias.LoraOnly)]
[Ia3(Name = "first", Targets = ["fc1", "fc2"], FeedForward = ["fc2"], Layers = "0")]
[Ia3(Name = "excluded", Targets = ["fc", "fc1", "fc2"], Exclude = ["blocks.1.*"], FeedForward = ["blocks.0.fc2"])]
[Ia3(Name = "two", Targets = ["two", "grouped"], FeedForward = ["two"])]
[Ia3(Name = "three", Targets = ["three"])]
[AdaLora(Name = "linear", InitialRank = 3, TargetRank = 2, Alpha = 4, TotalSteps = 10, Targets = ["fc", "fc1"])]
[AdaLora(Name = "two", InitialRank = 3, TargetRank = 2, TotalSteps = 10, Bias = LoraBias.All, Targets = ["two"])]
[LoraFa(Name = "linear", Rank = 2, Alpha = 4, Targets = ["fc"])]
[LoraFa(Name = "convolved", Rank = 2, Alpha = 4, Targets = ["one", "two", "three"])]
[Pissa(Name = "linear", Rank = 2, Alpha = 2, Targets = ["fc"])]
[Pissa(Name = "residual", Rank = 2, Alpha = 2, Targets = ["fc"], SaveResidualForm = true)]
[Pissa(Name = "first", Rank = 2, Alpha = 4, Targets = ["fc1", "fc2"], Layers = "0")]
[Pissa(Name = "stabilized", Rank = 2, Alpha = 4, Targets = ["fc1"], RankStabilized = true, Bias = LoraBias.All)]
[Olora(Name = "linear", Rank = 2, Alpha = 2, Targets = ["fc"])]
[Olora(Name = "residual", Rank = 2, Alpha = 2, Targets = ["fc"], SaveResidualForm = true)]
[Olora(Name = "stabilized", Rank = 2, Alpha = 4, Targets = ["fc1"], RankStabilized = true, Bias = LoraBias.All)]
[Lora(Name = "orthogonal", Rank = 2, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal)]
[Lora(Name = "convolved orthogonal", Rank = 4, InitA = LoraInit.Orthogonal, InitB = LoraInit.Orthogonal, Targets = ["two", "grouped"])]
[Lora(Name = "all biased B", Rank = 2, Alpha = 4, BiasB = true, Exclude = ["embed"])]
[Lora(Name = "convolved biased B", Rank = 2, Alpha = 4, BiasB = true, InitA = LoraInit.Gaussian, Targets = ["one", "two", "three", "grouped"])]
[Lora(Name = "partly biased", Rank = 2, Alpha = 4, BiasB = true)]
[Glora(Name = "plain", Rank = 2)]
[Glora(Name = "vector", PartAB = GloraPart.Vector, PartC = GloraPart.Vector, PartDE = GloraPart.Vector, Targets = ["fc1", "fc2"])]
[Glora(Name = "constant", PartAB = GloraPart.Constant, PartC = GloraPart.None, Targets = ["fc"], Bias = LoraBias.LoraOnly)]
[Glora(Name = "bias", Rank = 3, PartAB = GloraPart.None, Exclude = ["fc"])]
[Glora(Name = "ranks", Rank = 2)]
[Velora(Name = "plain", Rank = 2, Alpha = 4, Groups = 3, Targets = ["fc", "fc1"])]
[Velora(Name = "random", Rank = 2, Groups = 1, Projection = VeloraProjection.Random, GradientScale = 0.5)]
[Vera(Name = "plain", Rank = 9, Dropout = 0.5, ProjectionKey = 3, Bias = LoraBias.LoraOnly)]
[Vera(Name = "drawn", Rank = 2, SaveProjection = false, Targets = ["fc1", "fc2"], Layers = "0")]
[Oft(Name = "plain", BlockSize = 3, Targets = ["fc", "fc1"])]
[Oft(Name = "counted", Blocks = 2, NeumannTerms = 0, Constrained = true, Epsilon = 0.01, Bias = LoraBias.All, Targets = ["fc1"], Layers = "0")]
[Oft(Name = "sizes", BlockSize = 6, BlockShare = true)]
[Oft(Name = "different sizes", BlockSize = 3)]
[Oft(Name = "different terms", BlockSize = 6)]
internal sealed class InteropKinds : Module<Tensor, Tensor>
{
    [Lora(Name = "ranks", Rank = 4, Alpha = 2)]
    [Dora(Name = "ranks", Rank = 4, Alpha = 2)]
    private readonly Embedding embed = Embedding(9, 6);

    private readonly Conv1d one = Conv1d(4, 6, 3);

    [Lora(Name = "ranks", Rank = 3, Alpha = 2, RankStabilized = true)]
    private readonly Conv2d two = Conv2d(4, 6, (3, 2));

    private readonly Conv2d grouped = Conv2d(4, 6, 3, groups: 2);
    private readonly Conv3d three = Conv3d(4, 6, 2);

    [Oft(Name = "different sizes", BlockSize = 2)]
    private readonly Linear fc = Linear(6, 5);

    private readonly ModuleList<InteropBlock> blocks = new(new InteropBlock(), new InteropBlock());

    public InteropKinds()
        : base(nameof(InteropKinds)) => RegisterComponents();

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

internal sealed class InteropBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm = LayerNorm(6);
    private readonly Linear fc1 = Linear(6, 7);

    [Lora(Name = "ranks", Rank = 3)]
    [Dora(Name = "ranks", Rank = 3)]
    [Lora(Name = "partly biased", BiasB = false)]
    [Glora(Name = "ranks", Rank = 3)]
    [Oft(Name = "sizes", BlockSize = 7)]
    [Oft(Name = "different sizes", BlockSize = 7)]
    [Oft(Name = "different terms", BlockSize = 7, NeumannTerms = 4)]
    private readonly Linear fc2 = Linear(7, 6);

    public InteropBlock()
        : base(nameof(InteropBlock)) => RegisterComponents();

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}
