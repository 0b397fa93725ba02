namespace LoraGen;

/// <summary>OFT with its options, which correspond to the properties of <see cref="OftAttribute"/>.</summary>
public sealed partial record OftMethod : MergeableMethod
{
    internal const int DefaultBlockSize = 32;
    internal const int DefaultNeumannTerms = 5;
    internal const double DefaultEpsilon = 6e-5;

    /// <inheritdoc cref="OftAttribute.BlockSize"/>
    public int BlockSize { get; init; }

    /// <inheritdoc cref="OftAttribute.Blocks"/>
    public int Blocks { get; init; }

    /// <inheritdoc cref="OftAttribute.Dropout"/>
    public double Dropout { get; init; }

    /// <inheritdoc cref="OftAttribute.Constrained"/>
    public bool Constrained { get; init; }

    /// <inheritdoc cref="OftAttribute.Epsilon"/>
    public double Epsilon { get; init; } = DefaultEpsilon;

    /// <inheritdoc cref="OftAttribute.BlockShare"/>
    public bool BlockShare { get; init; }

    /// <inheritdoc cref="OftAttribute.NeumannTerms"/>
    public int NeumannTerms { get; init; } = DefaultNeumannTerms;

    internal override string Label => "OFT";

    internal override string Summary
    {
        get
        {
            var blocks = Blocks > 0 ? $"{Numbers.Text(Blocks)} blocks" : $"blocks of {Numbers.Text(UsedBlockSize)}";
            var shared = BlockShare ? ", shared" : string.Empty;
            var series = NeumannTerms == 0 ? "exact" : $"{Numbers.Text(NeumannTerms)} terms";
            var constrained = Constrained ? $", constrained to {Numbers.Text(Epsilon)}" : string.Empty;
            var dropout = Dropout > 0 ? $", dropout {Numbers.Text(Dropout)}" : string.Empty;
            return $"{blocks}{shared}, {series}{constrained}{dropout}";
        }
    }

    private int UsedBlockSize => BlockSize > 0 ? BlockSize : DefaultBlockSize;

    // R's product keeps its input for the gradient of Q.
    internal override long ReadElements(LayerFacts layer) => layer.Inputs;

    /// <summary>The rows of a block of a layer.</summary>
    internal long SizeOf(LayerFacts layer) => Blocks > 0 ? layer.Inputs / Blocks : UsedBlockSize;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        var size = SizeOf(layer);
        return [new("Q", [BlockShare ? 1 : layer.Inputs / Math.Max(1, size), size * (size - 1) / 2], ".oft_R.weight")];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Kind != LayerKind.Linear)
        {
            return new OptionFault(
                $"OFT rotates the inputs of a Linear, but the layer is of kind {layer.Name}. Leave the layer out of the targets, or adapt it by LoRA");
        }

        var size = SizeOf(layer);
        if (size > 1 && layer.Inputs > 0 && layer.Inputs % (Blocks > 0 ? Blocks : size) == 0)
            return null;

        var (option, value) = Blocks > 0 ? (nameof(Blocks), Blocks) : (nameof(BlockSize), UsedBlockSize);
        return OptionRule.BlocksNotDividing.Broken([option], null, option, value, layer.Name, layer.Inputs, Advice(layer.Inputs, value));
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (BlockSize is < 0 or 1)
            yield return Range(nameof(BlockSize), BlockSize, "2 or more", Numbers.Text(DefaultBlockSize));
        if (Blocks < 0)
            yield return Range(nameof(Blocks), Blocks, "1 or more", "8");
        if (BlockSize > 0 && Blocks > 0)
        {
            // Of a member that sets one of the two, and whose class the other, either may be meant.
            yield return OptionRule.OptionOutOfRange.Broken(
                [nameof(Blocks), nameof(BlockSize)],
                null,
                nameof(Blocks),
                Blocks,
                $"0 while {nameof(BlockSize)} is {Numbers.Text(BlockSize)}, or {nameof(BlockSize)} must be 0",
                "one of the two");
        }

        if (ScalingFaults.OfDropout(Dropout) is { } fault)
            yield return fault;
        if (!(Epsilon > 0 && Numbers.IsFinite(Epsilon)))
            yield return Range(nameof(Epsilon), Epsilon, "a positive number", Numbers.Text(DefaultEpsilon));
        if (NeumannTerms is < 0 or 1)
            yield return Range(nameof(NeumannTerms), NeumannTerms, "2 or more, or 0 for the exact rotation", Numbers.Text(DefaultNeumannTerms));

        static OptionFault Range(string option, double value, string range, string usual)
        {
            return OptionRule.OptionOutOfRange.Broken([option], new(option, usual), option, value, range, usual);
        }
    }

    // The nearest sizes, or numbers, of blocks of at least two inputs.
    private string Advice(long inputs, long value)
    {
        var possible = Divisors(inputs).Where(divisor => Blocks > 0 ? divisor < inputs : divisor > 1);
        var legal = possible.OrderBy(divisor => Math.Abs(divisor - value)).Take(4).OrderBy(divisor => divisor).ToArray();
        return legal.Length switch
        {
            0 => "leave the layer out of the targets",
            1 => $"use {Numbers.Text(legal[0])}",
            _ => $"use {string.Join(", ", legal.Take(legal.Length - 1).Select(divisor => Numbers.Text(divisor)))} or {Numbers.Text(legal[legal.Length - 1])}",
        };
    }

    private static IEnumerable<long> Divisors(long number)
    {
        var small = new List<long>();
        for (long divisor = 1; divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
                small.Add(divisor);
        }

        return small.Concat(small.Select(divisor => number / divisor)).Distinct().OrderBy(divisor => divisor);
    }
}
