using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + s · B(E ⊙ A(dropout(x))).</content>
public sealed partial record AdaLoraMethod
{
    private const double Deviation = 0.02;

    internal override PeftMethod Peft => AdaLoraPeft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        var ada = (AdaLoraSite)site;
        nn.init.normal_(ada.A, 0, Deviation);
        nn.init.normal_(ada.B, 0, Deviation);
        nn.init.zeros_(ada.E);
        site.Own[3].fill_(InitialRank);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (AdaLoraSite)call.Site;
        using var prepared = PreparedInput.Of(call, input, site.A.dtype, Dropout);
        using var a = site.ScaledA();
        using var b = site.UpB();
        using var hidden = call.Layer.Down(prepared ?? input, a);
        return call.Layer.AddUp(output, hidden, b);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((AdaLoraSite)site).Delta();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        return weights with { Weight = weights.Weight.add(cast) };
    }

    /// <summary>
    /// The weight times the mean of ‖A·Aᵀ - I‖ and ‖Bᵀ·B - I‖ over all sites, as in the authors' code and in PEFT; here the part of one site.
    /// </summary>
    protected internal override Tensor? Penalty(Site site)
    {
        if (OrthogonalWeight == 0)
            return null;

        using var scope = NewDisposeScope();
        var ada = (AdaLoraSite)site;
        var sum = FromIdentity(ada.A.matmul(ada.A.t())) + FromIdentity(ada.B.t().matmul(ada.B));
        return (sum * (OrthogonalWeight / (2 * site.Adapter.Sites.Count))).MoveToOuterDisposeScope();
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new AdaLoraSite(facts, layer, this, dtype);

    private static Tensor FromIdentity(Tensor product)
    {
        return (product - eye(product.shape[0], dtype: product.dtype, device: product.device)).square().sum().sqrt();
    }
}
