using LoraGen;
using static TorchSharp.torch;

namespace OwnMethod;

/// <summary>
/// Scaling and shifting of features: y ← γ ⊙ y + β on each adapted layer, with γ [out] and β [out] (SSF: Lian et al. 2022, arXiv:2210.08780). A weight and a
/// bias can represent it: W' = γ ⊙ W and b' = γ ⊙ b + β.
/// </summary>
public sealed record SsfMethod : MergeableMethod
{
    /// <summary>Deviation of γ and β around 1 and 0 at the start; at least 0. Default 0.02, as in the paper.</summary>
    public double Deviation { get; init; } = 0.02;

    protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer)
    {
        return [new("gamma", [layer.Outputs], ".ssf_gamma"), new("beta", [layer.Outputs], ".ssf_beta")];
    }

    protected override IEnumerable<OptionFault> Faults()
    {
        if (!(Deviation >= 0))
            yield return new OptionFault("Deviation is negative or not a number; use 0 for a start that changes nothing");
    }

    protected override void Start(Site site)
    {
        nn.init.normal_(site["gamma"], 1, Deviation);
        nn.init.normal_(site["beta"], 0, Deviation);
    }

    protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        var scaled = output * call.Layer.AlongOutput(call.Site["gamma"]);
        return (scaled + call.Layer.AlongOutput(call.Site["beta"])).to(output.dtype).MoveToOuterDisposeScope();
    }

    protected override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        if (weights.Bias is null)
            throw new InvalidOperationException($"{site.Path}: the layer has no bias, which the shift could be merged into. Leave the adapter attached.");

        using var scope = NewDisposeScope();
        var (gamma, beta) = (site["gamma"].to(weights.Weight.dtype), site["beta"].to(weights.Weight.dtype));
        var weight = (weights.Weight * site.Layer.AlongWeightOutput(gamma)).MoveToOuterDisposeScope();
        return new LayerWeights(weight, ((weights.Bias * gamma) + beta).MoveToOuterDisposeScope());
    }
}
