using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + scaling · B(A(dropout(x))).</content>
public sealed partial record LoraMethod
{
    internal override PeftMethod Peft => PlainLoraPeft.Instance;

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (LoraSite)call.Site;
        using var prepared = Prepared(call, site, input);
        using var hidden = call.Layer.Down(prepared ?? input, site.A).mul_(site.Scale);
        if (site.BiasB is not { } bias)
            return call.Layer.AddUp(output, hidden, site.B);

        // The bias is one more column of B, which reads the constant 1.
        using var extended = call.Layer.Extended(hidden, site.Scale);
        using var column = bias.view([bias.shape[0], 1, .. site.B.shape[2..].Select(_ => 1L)]);
        using var both = cat([site.B, column], 1);
        return call.Layer.AddUp(output, extended, both);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((LoraSite)site).Product();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        var changed = weights with { Weight = weights.Weight.add(cast) };
        return ((LoraSite)site).BiasB is { } own ? changed with { Bias = Merged(site, weights, own) } : changed;
    }

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        // LoftQ has set A and B.
        if (LoftqIterations == 0)
            base.Start(site);
        if (((LoraSite)site).BiasB is { } bias)
            nn.init.zeros_(bias);
    }

    internal override void QuantizeBase(Site site, BaseQuantization options)
    {
        if (LoftqIterations > 0)
            LoftqStart.Fill((LoraSite)site, options, LoftqIterations);
        else
            base.QuantizeBase(site, options);
    }

    private static Tensor Merged(Site site, LayerWeights weights, Tensor own)
    {
        if (weights.Bias is not { } bias)
        {
            throw new InvalidOperationException(
                $"{site.Path}: the {site.Layer.Kind} has no bias, so B's bias can't be merged. Leave the adapter attached, or leave BiasB out there.");
        }

        using var scaled = own.mul(((LoraSite)site).Scale);
        using var cast = scaled.to(bias.dtype, bias.device);
        return bias.add(cast);
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new LoraSite(facts, layer, this, dtype);
}
