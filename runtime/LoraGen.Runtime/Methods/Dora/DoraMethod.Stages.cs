using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>
/// y ← y + (g - 1) ⊙ W(x) + g ⊙ scaling · B(A(x)), with g = m / ‖W + scaling · B·A‖ and W without the bias: what the adapter adds to the base layer's output.
/// With dropout x is the dropped input in both terms, as in PEFT.
/// </content>
public sealed partial record DoraMethod
{
    internal override PeftMethod Peft => LoraPeft.OfDora;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        base.Start(site);
        var dora = (DoraSite)site;
        using var norm = RowNorm.Of(dora, BaseWeights.Of(site).Weight);
        dora.Magnitude.copy_(norm.view(dora.Magnitude.shape));
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        var (site, layer) = ((DoraSite)call.Site, call.Layer);
        var weight = BaseWeights.Of(site).Weight;
        var factor = site.Magnitude.flatten() / RowNorm.Of(site, weight);
        var along = layer.AlongOutput(factor);
        var prepared = Prepared(call, site, input);
        var scaled = call.OutputIsBase && !Drops(call)
            ? Scaled(output, along, layer.Bias is { } bias ? layer.AlongOutput(bias) : null)
            : output + (layer.Apply(prepared?.to(weight.dtype) ?? input, weight) * along.sub(1));
        var hidden = layer.Down(prepared ?? input, site.A).mul_(site.Scale);
        var columns = site.B * factor.view([-1, .. Enumerable.Repeat(1L, (int)site.B.ndim - 1)]);
        return layer.AddUp(scaled, hidden, columns).to(output.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var dora = (DoraSite)site;
        var changed = baseWeights.Weight + dora.Product().to(weights.Weight.dtype, weights.Weight.device);
        var factor = dora.Magnitude.flatten().to(weights.Weight.dtype, weights.Weight.device) / RowNorm.Of(site.Layer.Rows(changed.detach()));
        var merged = weights.Weight + ((site.Layer.AlongWeightOutput(factor) * changed) - baseWeights.Weight);
        return weights with { Weight = merged.MoveToOuterDisposeScope() };
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return layer.Weight is { } weight && weight.is_floating_point()
            ? new DoraSite(facts, layer, this, dtype)
            : throw new InvalidOperationException(
                $"{facts.Path}: DoRA needs the norm of the layer's weight, but the layer has no floating-point weight to read (it is quantised, or keeps it to "
                + "itself). Adapt it by LoRA.");
    }

    // (output - bias) ⊙ factor + bias
    private static Tensor Scaled(Tensor output, Tensor along, Tensor? bias)
    {
        return bias is null ? output * along : ((output - bias) * along) + bias;
    }
}
