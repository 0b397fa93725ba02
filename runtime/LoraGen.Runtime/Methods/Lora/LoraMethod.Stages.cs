using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + scaling · B(A(dropout(x))).</content>
public sealed partial record LoraMethod
{
    internal override PeftMethod Peft => LoraPeft.Instance;

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (LoraSite)call.Site;
        using var prepared = Prepared(call, site, input);
        using var hidden = call.Layer.Down(prepared ?? input, site.A).mul_(site.Scale);
        return call.Layer.AddUp(output, hidden, site.B);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((LoraSite)site).Product();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        return weights with { Weight = weights.Weight.add(cast) };
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new LoraSite(facts, layer, this, dtype);
}
