using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + s · (B·A - B₀·A₀)(dropout(x)), as one product of twice the rank.</content>
public sealed partial record PissaMethod
{
    internal override PeftMethod Peft => PissaPeft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        using var scope = NewDisposeScope();
        var pissa = (PissaSite)site;
        var type = pissa.A.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (u, s, vh) = linalg.svd(site.Layer.Rows(BaseWeights.FiniteWeightOf(site)).to(type), fullMatrices: false);
        var root = s.narrow(0, 0, Rank).mul(1 / pissa.Scaling).sqrt();
        pissa.A.copy_((vh.narrow(0, 0, Rank) * root.view(-1, 1)).reshape(pissa.A.shape));
        pissa.B.copy_((u.narrow(1, 0, Rank) * root).reshape(pissa.B.shape));
        pissa.StartA.copy_(pissa.A);
        pissa.StartB.copy_(-pissa.B);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (PissaSite)call.Site;
        using var prepared = Prepared(call, site, input);
        using var a = site.BothA();
        using var b = site.BothB();
        using var hidden = call.Layer.Down(prepared ?? input, a).mul_(site.Scale);
        return call.Layer.AddUp(output, hidden, b);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var pissa = (PissaSite)site;
        var delta = site.Layer.Product(site.Path, pissa.BothA(), pissa.BothB()).mul(pissa.Scale);
        return weights with { Weight = weights.Weight.add(delta.to(weights.Weight.dtype, weights.Weight.device)).MoveToOuterDisposeScope() };
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return layer.Weight is { } weight && weight.is_floating_point()
            ? new PissaSite(facts, layer, this, dtype)
            : throw new InvalidOperationException(
                $"{facts.Path}: PiSSA starts from the layer's weight, but the layer has no floating-point weight to read (it is quantised, or its weight is "
                + "not accessible). Adapt it by LoRA.");
    }
}
