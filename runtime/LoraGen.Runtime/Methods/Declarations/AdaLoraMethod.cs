namespace LoraGen;

/// <summary>AdaLoRA with its options, which correspond to the properties of <see cref="AdaLoraAttribute"/>.</summary>
public sealed partial record AdaLoraMethod : MergeableMethod
{
    internal const int DefaultInitialRank = 12;
    internal const int DefaultTargetRank = 8;
    internal const double DefaultBeta = 0.85;
    internal const double DefaultOrthogonalWeight = 0.5;

    // As in PEFT, so that a scaling is the same to the last bit.
    private const double SmallestRank = 1e-5;

    private readonly double _alpha = double.NaN;

    /// <inheritdoc cref="AdaLoraAttribute.InitialRank"/>
    public int InitialRank { get; init; } = DefaultInitialRank;

    /// <inheritdoc cref="AdaLoraAttribute.TargetRank"/>
    public int TargetRank { get; init; } = DefaultTargetRank;

    /// <inheritdoc cref="AdaLoraAttribute.Alpha"/>
    public double Alpha { get => double.IsNaN(_alpha) ? InitialRank : _alpha; init => _alpha = value; }

    /// <inheritdoc cref="AdaLoraAttribute.Dropout"/>
    public double Dropout { get; init; }

    /// <inheritdoc cref="AdaLoraAttribute.TotalSteps"/>
    public long TotalSteps { get; init; }

    /// <inheritdoc cref="AdaLoraAttribute.InitialSteps"/>
    public long InitialSteps { get; init; }

    /// <inheritdoc cref="AdaLoraAttribute.FinalSteps"/>
    public long FinalSteps { get; init; }

    /// <inheritdoc cref="AdaLoraAttribute.Interval"/>
    public long Interval { get; init; } = 1;

    /// <inheritdoc cref="AdaLoraAttribute.Beta1"/>
    public double Beta1 { get; init; } = DefaultBeta;

    /// <inheritdoc cref="AdaLoraAttribute.Beta2"/>
    public double Beta2 { get; init; } = DefaultBeta;

    /// <inheritdoc cref="AdaLoraAttribute.OrthogonalWeight"/>
    public double OrthogonalWeight { get; init; } = DefaultOrthogonalWeight;

    /// <summary>The factor of B·diag(E)·A: alpha / (initial rank + 10⁻⁵). It stays the same when ranks are taken away.</summary>
    public double Scaling => Alpha / (InitialRank + SmallestRank);

    internal override string Label => "AdaLoRA";

    internal override string Summary
    {
        get
        {
            var dropout = Dropout > 0 ? $", dropout {Numbers.Text(Dropout)}" : string.Empty;
            return $"initial rank {Numbers.Text(InitialRank)}, target rank {Numbers.Text(TargetRank)}, alpha {Numbers.Text(Alpha)}{dropout}";
        }
    }

    internal override bool ActsOnSteps => true;

    // Dropout keeps the random factors and the changed input.
    internal override long Hidden(LayerFacts layer) => InitialRank + (Dropout > 0 && layer.Kind != LayerKind.Embedding ? 2 * layer.Inputs : 0);

    internal override string Schedule => string.Join(", ", Settings.Select(setting => $"{setting.Option} {Numbers.Text(setting.Value)}"));

    /// <summary>The options that determine in which step which ranks are taken away.</summary>
    internal IReadOnlyList<(string Option, string PeftKey, double Value)> Settings =>
    [
        (nameof(TargetRank), "target_r", TargetRank), (nameof(TotalSteps), "total_step", TotalSteps), (nameof(InitialSteps), "tinit", InitialSteps),
        (nameof(FinalSteps), "tfinal", FinalSteps), (nameof(Interval), "deltaT", Interval), (nameof(Beta1), "beta1", Beta1), (nameof(Beta2), "beta2", Beta2),
    ];

    /// <inheritdoc/>
    protected internal override bool IsAdditive => true;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return
        [
            .. Factors(layer),
            new("RankNumber", [1], ".ranknum") { Trains = false },
        ];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Kind == LayerKind.Embedding)
        {
            return new OptionFault(
                "AdaLoRA takes ranks from weights that multiply an input, and the layer is an Embedding, which looks up rows. Leave it out of the targets, or "
                + "adapt it by LoRA");
        }

        return layer.Groups == 1
            ? null
            : new OptionFault(
                $"AdaLoRA's A reads the channels of all groups, but the {layer.Name} has {layer.Groups}, and a weight with groups can't represent that. Leave "
                + "the layer out of the targets, or adapt it by LoRA");
    }

    internal override IReadOnlyList<ParameterSpec> StepState(LayerFacts layer)
    {
        return
        [
            .. Factors(layer).SelectMany(spec => new[] { "Sensitivity", "Uncertainty" }.Select(average => spec with { Name = average + spec.Name })),
            new("Mask", [InitialRank, 1], string.Empty),
        ];
    }

    internal override string? DifferenceFrom(AdapterMethod other)
    {
        var first = (AdaLoraMethod)other;
        return Different(nameof(InitialRank), InitialRank, first.InitialRank)
            ?? Different(nameof(Alpha), Alpha, first.Alpha)
            ?? Settings.Zip(first.Settings, (own, firsts) => Different(own.Option, own.Value, firsts.Value)).FirstOrDefault(text => text is not null)
            ?? Different(nameof(OrthogonalWeight), OrthogonalWeight, first.OrthogonalWeight);

        static string? Different(string option, double value, double otherValue)
        {
            return value.Equals(otherValue) ? null : $"{option} is {Numbers.Text(value)} here and {Numbers.Text(otherValue)}";
        }
    }

    /// <inheritdoc/>
    protected internal override IEnumerable<OptionFault> Faults() => [.. ScheduleFaults(), .. RangeFaults(), .. ScalingFaults.Of(Alpha, InitialRank, Dropout)];

    private ParameterSpec[] Factors(LayerFacts layer)
    {
        var inputs = layer.Kernel.Aggregate(layer.Inputs, (product, size) => product * size);
        return [new("A", [InitialRank, inputs], ".lora_A"), new("B", [layer.Outputs, InitialRank], ".lora_B"), new("E", [InitialRank, 1], ".lora_E")];
    }

    private IEnumerable<OptionFault> ScheduleFaults()
    {
        if (TargetRank >= 1 && InitialRank <= TargetRank)
        {
            yield return Schedule(
                $"InitialRank is {InitialRank}, but it must be above TargetRank, which is {TargetRank}; use 1.5 times as much, here {(3 * TargetRank + 1) / 2}",
                new(nameof(InitialRank), $"{(3 * TargetRank + 1) / 2}"),
                nameof(InitialRank),
                nameof(TargetRank));
        }

        if (TotalSteps < 1)
        {
            yield return Schedule(
                $"TotalSteps is {TotalSteps}, but the schedule needs the number of the training's optimizer steps; set it", null, nameof(TotalSteps));
        }
        else if (InitialSteps < 0 || FinalSteps < 0)
        {
            var option = InitialSteps < 0 ? nameof(InitialSteps) : nameof(FinalSteps);
            yield return Schedule($"{option} is negative; use a number of steps, or 0", new(option, "0"), option);
        }
        else if (InitialSteps + FinalSteps >= TotalSteps)
        {
            yield return Schedule(
                $"InitialSteps and FinalSteps are {InitialSteps} + {FinalSteps} of {TotalSteps} TotalSteps, which leaves no step for taking ranks away; lower "
                + "them",
                null,
                nameof(TotalSteps),
                nameof(InitialSteps),
                nameof(FinalSteps));
        }

        static OptionFault Schedule(string message, OptionFix? fix, params string[] options) => OptionRule.ScheduleImpossible.Broken(options, fix, message);
    }

    private IEnumerable<OptionFault> RangeFaults()
    {
        if (TargetRank < 1)
            yield return Range(nameof(TargetRank), TargetRank, "1 or more", $"{DefaultTargetRank}");
        if (Interval < 1)
            yield return Range(nameof(Interval), Interval, "1 or more", "1");
        if (Beta1 is not (> 0 and < 1))
            yield return Range(nameof(Beta1), Beta1, "above 0 and below 1", Numbers.Tidy(DefaultBeta));
        if (Beta2 is not (> 0 and < 1))
            yield return Range(nameof(Beta2), Beta2, "above 0 and below 1", Numbers.Tidy(DefaultBeta));
        if (!(OrthogonalWeight >= 0 && Numbers.IsFinite(OrthogonalWeight)))
            yield return Range(nameof(OrthogonalWeight), OrthogonalWeight, "0 or more", Numbers.Tidy(DefaultOrthogonalWeight));

        static OptionFault Range(string option, double value, string range, string usual)
        {
            return OptionRule.OptionOutOfRange.Broken([option], new(option, usual), option, value, range, usual);
        }
    }
}
