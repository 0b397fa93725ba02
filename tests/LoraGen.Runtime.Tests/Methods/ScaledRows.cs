using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>A user-defined method that uses all stages: y ← y ⊙ (1 + Factor · gain · common), with one common number for all layers.</summary>
public sealed record ScaledRows : MergeableMethod
{
    public double Factor { get; init; } = 1;

    protected internal override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return [new("gain", [layer.Outputs], ".gain"), new("seen", [1], ".seen") { Trains = false }];
    }

    protected internal override IReadOnlyList<ParameterSpec> SharedParameters(IReadOnlyList<LayerFacts> layers) => [new("common", [1], "scaled_rows.common")];

    protected internal override IEnumerable<OptionFault> Faults()
    {
        if (Factor <= 0)
            yield return new OptionFault($"Factor is {Factor}; it must be positive");
    }

    protected internal override void StartShared(ParameterSet shared) => shared["common"].fill_(1);

    protected internal override void Start(Site site)
    {
        site["gain"].zero_();
        site["seen"].zero_();
    }

    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        return (output * call.Layer.AlongOutput(Multiplier(call.Site))).to(output.dtype).MoveToOuterDisposeScope();
    }

    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var by = Multiplier(site).to(weights.Weight.dtype);
        var weight = (weights.Weight * site.Layer.AlongWeightOutput(by)).MoveToOuterDisposeScope();
        return new LayerWeights(weight, weights.Bias is { } bias ? (bias * by).MoveToOuterDisposeScope() : null);
    }

    protected internal override Tensor? Penalty(Site site) => site["gain"].square().sum();

    protected internal override void AfterStep(Site site, long step) => site["seen"].fill_(step);

    private Tensor Multiplier(Site site) => site["gain"].mul(site["common"]).mul((Scalar)Factor).add(1);
}
