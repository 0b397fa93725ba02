namespace LoraGen;

/// <summary>A bottleneck adapter with its options, which correspond to the properties of <see cref="BottleneckAttribute"/>.</summary>
public sealed partial record BottleneckMethod : AdapterMethod
{
    internal const int DefaultReductionFactor = 16;

    /// <inheritdoc cref="BottleneckAttribute.ReductionFactor"/>
    public int ReductionFactor { get; init; } = DefaultReductionFactor;

    /// <inheritdoc cref="BottleneckAttribute.Activation"/>
    public BottleneckActivation Activation { get; init; }

    /// <inheritdoc cref="BottleneckAttribute.Dropout"/>
    public double Dropout { get; init; }

    /// <inheritdoc cref="BottleneckAttribute.Scale"/>
    public double Scale { get; init; } = 1;

    /// <inheritdoc cref="BottleneckAttribute.Parallel"/>
    public bool Parallel { get; init; }

    /// <inheritdoc cref="BottleneckAttribute.WidthOf"/>
    public IReadOnlyList<string> WidthOf { get; init => field = OptionList.Of(value); } = new OptionList<string>([]);

    internal override string Label => "bottleneck";

    internal override string Summary
    {
        get
        {
            var parallel = Parallel ? "parallel, " : string.Empty;
            var scale = Scale == 1 ? string.Empty : $", scale {Numbers.Text(Scale)}";
            var dropout = Dropout > 0 ? $", dropout {Numbers.Text(Dropout)}" : string.Empty;
            return $"{parallel}reduction factor {Numbers.Text(ReductionFactor)}, {Activation}{scale}{dropout}";
        }
    }

    internal override string RequiredChoice => "After";

    internal override bool AdaptsModules => true;

    // Before and after the activation.
    internal override long Hidden(LayerFacts layer) => 2 * (layer.Outputs / ReductionFactor);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        var bottleneck = layer.Outputs / ReductionFactor;
        return
        [
            new("Down", [bottleneck, Parallel ? layer.Inputs : layer.Outputs], ".adapter_down.weight"),
            new("DownBias", [bottleneck], ".adapter_down.bias"),
            new("Up", [layer.Outputs, bottleneck], ".adapter_up.weight"),
            new("UpBias", [layer.Outputs], ".adapter_up.bias"),
        ];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Kind == LayerKind.Convolution)
        {
            return new OptionFault(
                $"a bottleneck adapter reads the last dimension of the output, but the outputs of a {layer.Name} are in another one. Leave it out of After, or "
                + "adapt it by LoRA");
        }

        if (Parallel && layer.Kind == LayerKind.Embedding)
        {
            return new OptionFault("Parallel reads the module's input, but an Embedding's inputs are row numbers. Leave Parallel out")
            {
                Options = [nameof(Parallel)],
            };
        }

        // A width of 0 is not known, and Faults has an invalid factor.
        return ReductionFactor < 1 || layer.Outputs % ReductionFactor == 0
            ? null
            : new OptionFault(
                $"ReductionFactor is {ReductionFactor}, which does not divide the width {layer.Outputs} of the {layer.Name}. Set it to a divisor of "
                + $"{layer.Outputs}")
            {
                Options = [nameof(ReductionFactor)],
            };
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (ReductionFactor < 1)
            yield return OptionRule.ReductionFactorNotPositive.Broken([nameof(ReductionFactor)], new(nameof(ReductionFactor), "16"), ReductionFactor);
        if (ScalingFaults.OfDropout(Dropout) is { } fault)
            yield return fault;
        if (!(Scale > 0 && Numbers.IsFinite(Scale)))
            yield return OptionRule.ScaleNotPositive.Broken([nameof(Scale)], new(nameof(Scale), "1"), Scale);
    }
}
