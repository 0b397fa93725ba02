using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>
/// y ← y + (g - 1) ⊙ W(x) + g ⊙ scaling · B(A(x)), with g = m / ‖W + scaling · B·A‖ and W(x) without the bias: the contribution to the base layer's output.
/// With dropout, x is the input after dropout in both terms, as in PEFT.
/// </content>
public sealed partial record DoraMethod
{
    internal override PeftMethod Peft => LoraPeft.OfDora;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        base.Start(site);
        var dora = (DoraSite)site;
        using var norm = RowNorm.OfStart(dora);
        using var magnitude = norm.view(dora.Magnitude.shape);
        dora.Magnitude.copy_(magnitude);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        var (site, layer) = ((DoraSite)call.Site, call.Layer);
        var factor = site.Magnitude.flatten() / RowNorm.Of(site);
        var prepared = Prepared(call, site, input);
        var hidden = layer.Down(prepared ?? input, site.A).mul_(site.Scale);
        var result = call.OutputIsBase && !Drops(call)
            ? WithinBase(layer, output, hidden, site.B, factor)
            : BesideOthers(layer, output, BaseWeights.Apply(site, layer, prepared?.to(output.dtype) ?? input), hidden, site.B, factor);
        return result.to(output.dtype).MoveToOuterDisposeScope();
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
        return layer.HasReadableWeight
            ? new DoraSite(facts, layer, this, dtype)
            : throw new InvalidOperationException(
                $"{facts.Path}: DoRA needs the norm of the layer's weight, but the layer has no floating-point weight to read (another "
                + "library has quantised it, or its weight is not accessible). Adapt it by LoRA.");
    }

    // g ⊙ (W(x) + B(h)) + b, from the output, which includes the bias.
    private static Tensor WithinBase(BaseLayer layer, Tensor output, Tensor hidden, Tensor b, Tensor factor)
    {
        var changed = layer.AddUp(output, hidden, b);
        var along = layer.AlongOutput(factor);
        return layer.Bias is { } bias ? addcmul(layer.AlongOutput(bias - (bias * factor)), changed, along, 1) : changed * along;
    }

    // y + g ⊙ (W(x) + B(h)) - W(x)
    private static Tensor BesideOthers(BaseLayer layer, Tensor output, Tensor product, Tensor hidden, Tensor b, Tensor factor)
    {
        var rest = output - product;
        return addcmul(rest, layer.AddUp(product, hidden, b), layer.AlongOutput(factor), 1);
    }
}
