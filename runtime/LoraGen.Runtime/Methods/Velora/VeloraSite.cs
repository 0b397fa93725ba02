using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>VeLoRA on a Linear: LoRA with a compressed input for the gradient of A.</summary>
public sealed class VeloraSite : LowRankSite
{
    private bool? _hasV;

    internal VeloraSite(LayerFacts facts, BaseLayer layer, VeloraMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>
    /// The vector of length 1 on which the parts of the input are projected, [in / groups]. It is not trained, and zero until the first training batch unless
    /// it is random.
    /// </summary>
    public Parameter V => Own[2];

    /// <summary>An error of a backward pass, which may not leave it.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>Makes the site look again whether there is a vector, after it was set from outside.</summary>
    internal void Forget() => _hasV = null;

    /// <summary>Returns a copy of the vector for a training batch, which the batch may set.</summary>
    /// <param name="input">The input of A.</param>
    /// <param name="projection">Where the vector comes from.</param>
    internal Tensor VectorFor(Tensor input, VeloraProjection projection)
    {
        using var noGrad = no_grad();
        _hasV ??= V.count_nonzero().item<long>() > 0;
        if (projection == VeloraProjection.EachBatch || _hasV == false)
        {
            using var scope = NewDisposeScope();
            V.copy_(VeloraProduct.Normalized(input.detach().reshape(-1, V.shape[0]).mean([0L])));
            _hasV = true;
        }

        using var values = V.detach();
        return values.clone();
    }
}
