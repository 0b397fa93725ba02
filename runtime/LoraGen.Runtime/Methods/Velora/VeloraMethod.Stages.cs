using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>LoRA's contribution, in training with a node that keeps a compressed input.</content>
public sealed partial record VeloraMethod
{
    internal override PeftMethod Peft => VeloraPeft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        base.Start(site);
        var velora = (VeloraSite)site;
        velora.Forget();
        using var scope = NewDisposeScope();
        if (Projection == VeloraProjection.Random)
            velora.V.copy_(VeloraProduct.Normalized(randn(velora.V.shape, device: velora.V.device)));
        else
            nn.init.zeros_(velora.V);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (VeloraSite)call.Site;
        using var prepared = Prepared(call, site, input);
        using var down = Down(call, site, prepared ?? input);
        using var hidden = down.mul(site.Scale);
        return call.Layer.AddUp(output, hidden, site.B);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((VeloraSite)site).Product();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        return weights with { Weight = weights.Weight.add(cast) };
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new VeloraSite(facts, layer, this, dtype);

    private Tensor Down(LayerCall call, VeloraSite site, Tensor input)
    {
        if (site.Failure is { } failure)
        {
            site.Failure = null;
            throw new InvalidOperationException($"{site.Path}: the last backward pass failed, so A has no gradient of it: {failure.Message}", failure);
        }

        if (!call.IsTraining || !is_grad_enabled() || input.numel() == 0)
            return call.Layer.Down(input, site.A);

        // TorchSharp creates tensors for the node in addition to its result.
        using var scope = NewDisposeScope();
        var v = site.VectorFor(input, Projection);
        var z = VeloraProduct.Compressed(input, v);
        return VeloraProduct.apply(input, site.A, z, v, site, input.requires_grad ? GradientScale : -GradientScale).MoveToOuterDisposeScope();
    }
}
