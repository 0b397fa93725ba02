using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← l ⊙ y, or x ← l ⊙ x.</content>
public sealed partial record Ia3Method
{
    internal override PeftMethod Peft => Ia3Peft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site) => nn.init.ones_(((Ia3Site)site).Scale);

    /// <inheritdoc/>
    protected internal override Tensor OnInput(LayerCall call, Tensor input)
    {
        var site = (Ia3Site)call.Site;
        return site.IsFeedForward ? Scaled(site, input, call.Layer.AlongInput) : input;
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (Ia3Site)call.Site;
        return site.IsFeedForward ? output : Scaled(site, output, call.Layer.AlongOutput);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var ia3 = (Ia3Site)site;
        var scale = ia3.Scale.flatten().to(weights.Weight.dtype, weights.Weight.device);
        if (ia3.IsFeedForward)
            return weights with { Weight = (weights.Weight * site.Layer.AlongWeightInput(scale)).MoveToOuterDisposeScope() };

        var weight = (weights.Weight * site.Layer.AlongWeightOutput(scale)).MoveToOuterDisposeScope();
        return new LayerWeights(weight, weights.Bias is { } bias ? (bias * scale).MoveToOuterDisposeScope() : null);
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new Ia3Site(facts, layer, this, dtype);

    private static Tensor Scaled(Ia3Site site, Tensor tensor, Func<Tensor, Tensor> along)
    {
        site.EnsureSameDevice(tensor);
        using var scope = NewDisposeScope();
        return (tensor * along(site.Scale.flatten())).to(tensor.dtype).MoveToOuterDisposeScope();
    }
}
