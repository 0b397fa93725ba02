using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>y ← y + (W⊙A + B)·x + b⊙D + E + W·C, with the base layer's W and b.</content>
public sealed partial record GloraMethod
{
    internal override PeftMethod Peft => GloraPeft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site)
    {
        foreach (var (spec, parameter) in site.Own.Specs.Zip(site.Own.All))
            LoraInitializer.Fill(parameter, spec.Name.StartsWith("Right", StringComparison.Ordinal) ? LoraInit.KaimingUniform : LoraInit.Zeros, Rank);
    }

    /// <inheritdoc/>
    protected internal override Tensor OnOutput(LayerCall call, Tensor input, Tensor output)
    {
        var site = (GloraSite)call.Site;
        site.EnsureSameDevice(input);
        using var scope = NewDisposeScope();
        var type = site.Own[0].dtype;
        var (weight, constant) = Change(site, BaseWeights.Of(site).Weight.to(type), BaseWeights.BiasOf(site, call.Layer)?.to(type));
        var change = weight is null ? constant! : nn.functional.linear(input.to(type), weight, constant);
        return (output + change.to(output.dtype)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = Change((GloraSite)site, baseWeights.Weight, baseWeights.Bias);
        var changed = weight is null ? weights.Weight : (weights.Weight + weight.to(weights.Weight.dtype)).MoveToOuterDisposeScope();
        return new LayerWeights(changed, bias is null ? weights.Bias : (weights.Bias! + bias.to(weights.Weight.dtype)).MoveToOuterDisposeScope());
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype)
    {
        return layer.Weight is { } weight && weight.is_floating_point()
            ? new GloraSite(facts, layer, this, dtype)
            : throw new InvalidOperationException(
                $"{facts.Path}: GLoRA multiplies the layer's weight, but the layer has no floating-point weight to read (it is quantised, or its weight is not "
                + "accessible). Adapt it by LoRA.");
    }

    // W⊙A + B [out, in] and b⊙D + E + W·C [out]; null for what none of the parts changes.
    private (Tensor? Weight, Tensor? Bias) Change(GloraSite site, Tensor weight, Tensor? bias)
    {
        var device = weight.device;
        var ofWeight = (Part("A"), Part("B")) is ({ } a, { } b) ? (weight * a).add(b) : null;
        var scaled = (Part("D"), Part("E")) is ({ } d, { } e) ? (bias! * d).add(e) : null;
        var coupled = Part("C") is { } c ? weight.matmul(c.to(weight.dtype)).squeeze(1) : null;
        return (ofWeight, scaled is null ? coupled : coupled is null ? scaled : scaled + coupled);

        Tensor? Part(string name) => site.Part(name)?.to(device);
    }
}
