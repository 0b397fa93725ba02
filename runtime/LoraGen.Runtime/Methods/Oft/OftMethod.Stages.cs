using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>x ← Rᵀx.</content>
public sealed partial record OftMethod
{
    // Above it a norm is reduced. What was reduced is within it, so that reducing it again changes nothing.
    private const double Tolerance = 1 + 1e-6;

    internal override PeftMethod Peft => OftPeft.Instance;

    /// <inheritdoc/>
    protected internal override void Start(Site site) => nn.init.zeros_(((OftSite)site).Q);

    /// <inheritdoc/>
    protected internal override Tensor OnInput(LayerCall call, Tensor input)
    {
        var site = (OftSite)call.Site;
        site.EnsureSameDevice(input);
        using var scope = NewDisposeScope();
        if (call.IsTraining && Constrained)
            Constrain(site);

        var rotation = Rotation(site);
        if (call.IsTraining && Dropout > 0)
            rotation = BlockRotation.Dropped(rotation, site.Facts.Inputs / site.BlockSize, Dropout);
        return BlockRotation.Rotate(input.to(rotation.dtype), rotation).to(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected internal override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
    {
        using var scope = NewDisposeScope();
        var transposed = Rotation((OftSite)site).to(weights.Weight.dtype, weights.Weight.device).transpose(1, 2);
        return weights with { Weight = BlockRotation.Rotate(weights.Weight, transposed).MoveToOuterDisposeScope() };
    }

    /// <summary>The blocks of R.</summary>
    internal Tensor Rotation(OftSite site)
    {
        using var scope = NewDisposeScope();
        var elements = Elements(site);
        if (Constrained)
            elements = elements.mul(Reduction(elements));

        var skew = BlockRotation.Skew(elements, site.BlockSize);
        return (NeumannTerms == 0 ? BlockRotation.Cayley(skew) : BlockRotation.Neumann(skew, NeumannTerms)).MoveToOuterDisposeScope();
    }

    private protected override Site NewSite(LayerFacts facts, BaseLayer layer, ScalarType? dtype) => new OftSite(facts, layer, this, dtype);

    // As in PEFT, at the beginning of a training call, so that it holds with any optimizer.
    private void Constrain(OftSite site)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var elements = Elements(site);
        site.Q.copy_(elements.mul(Reduction(elements)));
    }

    // Of Q, in at least float32: in 16 bits a small ε has few digits left.
    private static Tensor Elements(OftSite site) => site.Q.to(site.Q.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);

    // [blocks, 1]: the factor that brings the norm of a block's Q, √2 times that of its elements, to its maximum; 1 for those below.
    private Tensor Reduction(Tensor elements)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var maximum = Epsilon / Math.Sqrt(2 * elements.shape[0]);
        var norm = elements.norm(1, keepdim: true);
        var one = ones_like(norm);
        return where(norm.ge(maximum * Tolerance), one.mul(maximum) / norm, one).MoveToOuterDisposeScope();
    }
}
