namespace LoraGen;

/// <summary>
/// Generates an adapter that trains the biases of a TorchSharp model and nothing else (BitFit: Ben Zaken et al. 2022, arXiv:2106.10199): every parameter whose
/// own name contains <c>bias</c>, those of normalizations too. A model without biases, such as Llama, is an error when attaching.
/// </summary>
/// <remarks>
/// On a model class <c>M</c>, or as <c>[assembly: BitFit(typeof(M))]</c>, it generates <c>MBitFit</c> and <c>model.AttachBitFit()</c>. A new head is trained in
/// addition by <see cref="TrainableAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class BitFitAttribute : SelectiveAttribute
{
    /// <inheritdoc cref="FreezeAttribute()"/>
    public BitFitAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public BitFitAttribute(Type model)
        : base(model)
    {
    }
}
