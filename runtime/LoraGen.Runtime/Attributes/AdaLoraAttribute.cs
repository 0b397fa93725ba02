namespace LoraGen;

/// <summary>
/// Generates an AdaLoRA adapter for a TorchSharp model: y ← y + s·B(E ⊙ A(dropout(x))) on every targeted layer, with A [initial rank, in], B [out, initial
/// rank], E [initial rank, 1], and s = alpha / initial rank. During the training the least important entries of E, of all layers together, are set to zero,
/// until the target rank is left on average (Zhang et al. 2023, arXiv:2303.10512). The layers are Linear, and Conv1d, Conv2d and Conv3d without groups.
/// </summary>
/// <remarks>
/// <para>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MAdaLora</c> and <c>model.AttachAdaLora()</c>. The options of the ranks and
/// of the schedule must be the same for all layers of an adapter.</para>
/// <para>The adapter creates the optimizer, because ranks are taken away in its steps: <c>lora.Optimizer(parameters => optim.AdamW(parameters))</c>. The loss
/// needs the term that keeps A and B near orthogonal: <c>loss + lora.Penalty()</c>.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class AdaLoraAttribute : LayerAdapterAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public AdaLoraAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public AdaLoraAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>The rank of each layer at the start; above <see cref="TargetRank"/>. Default 12. PEFT's <c>init_r</c>.</summary>
    public int InitialRank { get; set; } = AdaLoraMethod.DefaultInitialRank;

    /// <summary>The average rank of the layers at the end; at least 1. Default 8. PEFT's <c>target_r</c>.</summary>
    public int TargetRank { get; set; } = AdaLoraMethod.DefaultTargetRank;

    /// <summary>Numerator of the scaling alpha / initial rank; positive. Default: the initial rank, so a scaling of 1.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>Probability in [0, 1) with which an input of A is zeroed while the layer is in training mode. Default 0.</summary>
    public double Dropout { get; set; }

    /// <summary>The number of optimizer steps of the whole training. It must be set. PEFT's <c>total_step</c>.</summary>
    public long TotalSteps { get; set; }

    /// <summary>The number of steps before the first rank is taken away. Default 0. PEFT's <c>tinit</c>.</summary>
    public long InitialSteps { get; set; }

    /// <summary>
    /// The number of steps after the last rank was taken away; with <see cref="InitialSteps"/> less than <see cref="TotalSteps"/>. Default 0. PEFT's
    /// <c>tfinal</c>.
    /// </summary>
    public long FinalSteps { get; set; }

    /// <summary>Ranks are taken away in the steps that this number divides; at least 1. Default 1. PEFT's <c>deltaT</c>.</summary>
    public long Interval { get; set; } = 1;

    /// <summary>The weight of the past in the average of the sensitivity |p · gradient|; above 0 and below 1. Default 0.85.</summary>
    public double Beta1 { get; set; } = AdaLoraMethod.DefaultBeta;

    /// <summary>The weight of the past in the average of the sensitivity's deviation; above 0 and below 1. Default 0.85.</summary>
    public double Beta2 { get; set; } = AdaLoraMethod.DefaultBeta;

    /// <summary>
    /// The weight of the term of <see cref="AdapterBase.Penalty"/> that keeps the rows of A and the columns of B near orthogonal; 0 or more. Default 0.5.
    /// PEFT's <c>orth_reg_weight</c>.
    /// </summary>
    public double OrthogonalWeight { get; set; } = AdaLoraMethod.DefaultOrthogonalWeight;
}
