using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + λ_b ⊙ B(λ_d ⊙ A(dropout(x))).</content>
public sealed partial record VeraMethod
{
    internal override PeftMethod Peft => new VeraPeft(this);

    /// <inheritdoc/>
    protected internal override void StartShared(ParameterSet shared) => VeraProjections.Fill(shared, ProjectionKey);

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        var vera = (VeraSite)site;
        nn.init.zeros_(vera.LambdaB);
        vera.LambdaD.fill_(DInitial);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (VeraSite)call.Site;
        using var prepared = PreparedInput.Of(call, input, site.LambdaD.dtype, Dropout);
        using var a = site.Down();
        using var b = site.ScaledUp();
        using var projected = call.Layer.Down(prepared ?? input, a);
        using var column = site.LambdaD.unsqueeze(1);
        using var hidden = projected.mul(column);
        return call.Layer.AddUp(output, hidden, b);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((VeraSite)site).Delta();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        return weights with { Weight = weights.Weight.add(cast) };
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new VeraSite(facts, layer, this, dtype);
}
