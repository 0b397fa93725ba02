using System.Runtime.InteropServices;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + scaling · B(A(dropout(x))), with an A that does not train.</content>
public sealed partial record LoraFaMethod
{
    internal override PeftMethod Peft => LoraPeft.OfLoraFa;

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (LoraFaSite)call.Site;
        using var prepared = Prepared(call, site, input);
        using var hidden = call.Layer.Down(prepared ?? input, site.A).mul_(site.Scale);
        return call.Layer.AddUp(output, hidden, site.B);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((LoraFaSite)site).Product();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        return weights with { Weight = weights.Weight.add(cast) };
    }

    /// <summary>
    /// Replaces the gradient g of B by s⁻² · g · (A·Aᵀ)⁻¹: of all changes of B, the one whose effect on the weight is nearest to the weight's own gradient.
    /// </summary>
    protected internal override void BeforeStep(Site site)
    {
        using var scope = NewDisposeScope();
        var lora = (LoraFaSite)site;
        if (lora.B.grad is not { } gradient)
            return;

        var type = gradient.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var a = lora.A.flatten(1).to(type);
        var columns = gradient.flatten(1).to(type).t();
        gradient.copy_(Solve(site, a.matmul(a.t()), columns).t().mul(1 / (lora.Scaling * lora.Scaling)).reshape(gradient.shape));
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new LoraFaSite(facts, layer, this, dtype);

    private static Tensor Solve(Site site, Tensor product, Tensor columns)
    {
        try
        {
            return linalg.solve(product, columns);
        }
        catch (ExternalException error)
        {
            throw new InvalidOperationException(
                $"{site.Path}: A·Aᵀ has no inverse, because the rows of A depend on each other, so no gradient of B can be projected. An A from a file or set "
                + "by hand must have linearly independent rows.",
                error);
        }
    }
}
