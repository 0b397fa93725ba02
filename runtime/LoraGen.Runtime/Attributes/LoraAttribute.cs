namespace LoraGen;

/// <summary>
/// Generates a LoRA adapter for a TorchSharp model: y ← y + s·B(A(dropout(x))) on every targeted layer, with A [rank, in], B [out, rank] and s = alpha / rank
/// (Hu et al. 2021, arXiv:2106.09685). The layers are Linear, Embedding, Conv1d, Conv2d and Conv3d.
/// </summary>
/// <remarks>
/// <para>On a model class <c>M</c>, or as <c>[assembly: Lora(typeof(M))]</c> for a class whose file should not be changed, it generates the type
/// <c>MLora</c> and the extension method <c>model.AttachLora()</c>. Several attributes with different names give several adapter types.</para>
/// <para>On a field or property it overrides the options that it sets for that layer, or for every layer within that module; an annotated layer is
/// adapted even when <see cref="LayerAdapterAttribute.Targets"/> does not name it.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class LoraAttribute : LowRankAttribute
{
    /// <summary>For the class or member that has the attribute.</summary>
    public LoraAttribute()
    {
    }

    /// <summary>For <paramref name="model"/>, at assembly level.</summary>
    /// <param name="model">The model class, a <c>torch.nn.Module</c>.</param>
    public LoraAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// Trains a bias on B too: y ← y + s·(B·A·x + c), with c [out] that starts at zero. It can be merged into a layer that has a bias, and is not possible for
    /// an Embedding or with <see cref="LowRankAttribute.Reparametrize"/>. Default false. PEFT's <c>lora_bias</c>.
    /// </summary>
    public bool BiasB { get; set; }

    /// <summary>
    /// Starts from LoftQ with this number of iterations, usually 1 to 5: alternately the weight without scaling · B·A is quantised, and A and B become the
    /// principal singular vectors of what that leaves, so that the quantised weight with the adapter is near the float weight. It needs
    /// <see cref="LayerAdapterAttribute.Base"/>, and a float base model. Default 0: plain quantisation, and a zero B. Li et al. 2023, arXiv:2310.08659.
    /// </summary>
    public int LoftqIterations { get; set; }
}
