namespace LoraGen;

/// <summary>VeLoRA with its options, which correspond to the properties of <see cref="VeloraAttribute"/>.</summary>
public sealed partial record VeloraMethod : LowRankMethod
{
    /// <inheritdoc cref="VeloraAttribute.Groups"/>
    public int Groups { get; init; } = 64;

    /// <inheritdoc cref="VeloraAttribute.GradientScale"/>
    public double GradientScale { get; init; } = 1;

    /// <inheritdoc cref="VeloraAttribute.Projection"/>
    public VeloraProjection Projection { get; init; }

    internal override string Label => "VeLoRA";

    internal override string Summary => $"{base.Summary}, {Numbers.Text(Groups)} groups";

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return [.. base.Parameters(layer), new("V", [layer.Inputs / Math.Max(1, Groups)], ".lora_velora_embed") { Trains = false, IsCounted = false }];
    }

    /// <inheritdoc/>
    protected internal override OptionFault? Unsupported(LayerFacts layer)
    {
        if (layer.Kind != LayerKind.Linear)
        {
            return new OptionFault(
                $"VeLoRA divides the inputs of a Linear into groups, but the layer is of kind {layer.Name}. Leave the layer out of the targets, or adapt it by "
                + "LoRA");
        }

        if (Reparametrize)
        {
            return new OptionFault("Reparametrize sets the weight, so that VeLoRA has no input of A to compress. Remove one of the two")
            {
                Options = [nameof(Reparametrize)],
            };
        }

        if (!(GradientScale > 0 && Numbers.IsFinite(GradientScale)))
        {
            return new OptionFault($"GradientScale is {Numbers.Text(GradientScale)}, but the gradient of A needs a positive number, usually 1")
            {
                Options = [nameof(GradientScale)],
            };
        }

        return Groups >= 1 && layer.Inputs % Groups == 0
            ? base.Unsupported(layer)
            : OptionRule.GroupsNotDividing.Broken([nameof(Groups)], null, Groups, layer.Name, layer.Inputs, Nearest(layer.Inputs));
    }

    // The largest divisor up to the number of groups, which keeps no more than was asked for.
    private long Nearest(long inputs)
    {
        for (var groups = Math.Min(Groups, inputs); groups > 1; groups--)
        {
            if (inputs % groups == 0)
                return groups;
        }

        return 1;
    }
}
