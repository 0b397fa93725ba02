using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + s · (B·A - B₀·A₀)(dropout(x)), as one product of twice the rank.</content>
public abstract partial record WeightStartMethod
{
    internal override PeftMethod Peft => ResidualForm;

    /// <summary>The files of the method.</summary>
    private protected abstract WeightStartPeft ResidualForm { get; }

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        using var scope = NewDisposeScope();
        var low = (WeightStartSite)site;
        var type = low.A.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var (a, b) = Factors(site.Layer.Rows(BaseWeights.FiniteWeightOf(site)).to(type));
        low.A.copy_(a.reshape(low.A.shape));
        low.B.copy_(b.reshape(low.B.shape));
        low.StartA.copy_(low.A);
        low.StartB.copy_(-low.B);
    }

    /// <summary>Returns the initial A [rank, in] and B [out, rank] for a weight [out, in]. It is called within a dispose scope.</summary>
    private protected abstract (Tensor A, Tensor B) Factors(Tensor weight);

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (WeightStartSite)call.Site;
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
        var low = (WeightStartSite)site;
        var delta = site.Layer.Product(site.Path, low.BothA(), low.BothB()).mul(low.Scale);
        return weights with { Weight = weights.Weight.add(delta.to(weights.Weight.dtype, weights.Weight.device)).MoveToOuterDisposeScope() };
    }

    private protected sealed override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return layer.Weight is { } weight && weight.is_floating_point()
            ? NewStartSite(facts, layer, dtype)
            : throw new InvalidOperationException(
                $"{facts.Path}: {Label} starts from the layer's weight, but the layer has no floating-point weight to read (it is quantised, or its weight is "
                + "not accessible). Adapt it by LoRA.");
    }

    private protected abstract WeightStartSite NewStartSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype);
}
