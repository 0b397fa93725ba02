using LoraGen.Formats;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + λ_b ⊙ B(λ_d ⊙ A(dropout(x))).</content>
public sealed partial record VeraMethod
{
    private static readonly Scalar One = 1;

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
        using var b = site.Up();
        using var projected = call.Layer.Down(prepared ?? input, a);
        using var column = site.LambdaD.unsqueeze(1);
        using var hidden = projected.mul(column);
        using var update = Update(hidden, b, output.shape);
        return Add(call.Layer, output, update, site.LambdaB);
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var delta = ((VeraSite)site).Delta();
        using var cast = delta.to(weights.Weight.dtype, weights.Weight.device, copy: true);
        return weights with { Weight = weights.Weight.add(cast) };
    }

    // B·hidden in the shape of the output. The gradient of λ_b needs it.
    private static Tensor Update(Tensor hidden, Tensor b, long[] shape)
    {
        using var rows = hidden.t();
        using var columns = b.t();
        using var product = rows.matmul(columns);
        return product.view(shape);
    }

    // output + λ_b ⊙ update, with at most one new tensor of the output's size.
    private static Tensor Add(BaseLayer layer, Tensor output, Tensor update, Tensor lambda)
    {
        if (update.dtype != output.dtype)
        {
            using var product = update.mul(lambda);
            using var cast = product.to(output.dtype);
            return output.add(cast);
        }

        if (is_grad_enabled() || !layer.OutputIsNew)
            return addcmul(output, update, lambda, One);

        output.addcmul_(update, lambda, One);
        return output;
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new VeraSite(facts, layer, this, dtype);
}
