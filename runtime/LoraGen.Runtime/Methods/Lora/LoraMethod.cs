using System.Globalization;

namespace LoraGen;

/// <summary>LoRA with its options; each means what the property of the same name on <see cref="LoraAttribute"/> says.</summary>
public sealed partial record LoraMethod : AdapterMethod
{
    internal const int DefaultRank = 8;

    /// <inheritdoc cref="LoraAttribute.Rank"/>
    public int Rank { get; init; } = DefaultRank;

    /// <inheritdoc cref="LoraAttribute.Alpha"/>
    public double Alpha { get => double.IsNaN(_alpha) ? Rank : _alpha; init => _alpha = value; }

    /// <inheritdoc cref="LoraAttribute.Dropout"/>
    public double Dropout { get; init; }

    /// <inheritdoc cref="LoraAttribute.RankStabilized"/>
    public bool RankStabilized { get; init; }

    /// <inheritdoc cref="LoraAttribute.InitA"/>
    public LoraInit InitA { get; init; } = LoraInit.KaimingUniform;

    /// <inheritdoc cref="LoraAttribute.InitB"/>
    public LoraInit InitB { get; init; } = LoraInit.Zeros;

    /// <inheritdoc cref="LoraAttribute.Reparametrize"/>
    public bool Reparametrize { get; init; }

    /// <summary>What B·A is multiplied by: alpha / rank, or alpha / √rank when <see cref="RankStabilized"/>.</summary>
    public double Scaling => RankStabilized ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    private readonly double _alpha = double.NaN;

    internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return layer.Kind switch
        {
            LayerKind.Embedding => [new("A", [Rank, layer.Inputs], ".lora_embedding_A"), new("B", [layer.Outputs, Rank], ".lora_embedding_B")],
            LayerKind.Convolution =>
            [
                new("A", [Rank, layer.Inputs, .. layer.Kernel], ".lora_A.weight"),
                new("B", [layer.Outputs, Rank / layer.Groups, .. layer.Kernel.Select(_ => 1L)], ".lora_B.weight"),
            ],
            _ => [new("A", [Rank, layer.Inputs], ".lora_A.weight"), new("B", [layer.Outputs, Rank], ".lora_B.weight")],
        };
    }

    internal override void Validate(string place)
    {
        Require(Rank >= 1, $"Rank is {Rank}; it must be at least 1");
        Require(Alpha is > 0 and < double.PositiveInfinity, $"Alpha is {Text(Alpha)}; it must be a positive number, usually the rank or twice the rank");
        Require(Dropout is >= 0 and < 1, $"Dropout is {Text(Dropout)}; it must be in [0, 1)");
        Require(InitA != LoraInit.Zeros || InitB != LoraInit.Zeros, "InitA and InitB are both Zeros, so neither would ever get a gradient; leave InitA out");
        Require(!Reparametrize || Dropout == 0, "Dropout is set, but with Reparametrize there is no input that it could act on");

        void Require(bool holds, string otherwise)
        {
            if (!holds)
                throw new ArgumentException($"{place}: {otherwise}.");
        }

        static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private void EnsureDivisible(string path, string kind, long groups)
    {
        if (Rank % groups != 0)
        {
            throw new ArgumentException(
                $"{path}: Rank is {Rank}, but the {kind} has {groups} groups, among which the rank is divided. "
                + $"Set Rank there to a multiple of {groups}, or leave the layer out of the targets.");
        }
    }
}
