namespace LoraGen;

/// <summary>
/// Generates a VeLoRA adapter for a TorchSharp model: LoRA that keeps less of each layer's input for the backward pass. The input is divided into groups,
/// and of each only its product with one vector v is kept; the
/// gradient of A is computed from the groups' projections on v (Miles et al. 2024, arXiv:2405.17991). The
/// layers are Linear.
/// </summary>
/// <remarks>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MVelora</c> and <c>model.AttachVelora()</c>.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class VeloraAttribute : LowRankAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public VeloraAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public VeloraAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// The number of parts of an input, which is the number of values that are kept of each token; it must divide the layer's inputs. More parts give a more
    /// exact gradient. Default 64. PEFT's <c>num_groups</c>.
    /// </summary>
    public int Groups { get; set; } = 64;

    /// <summary>The factor of the projected input in the gradient of A; positive. Default 1. PEFT's <c>scale</c>.</summary>
    public double GradientScale { get; set; } = 1;

    /// <summary>The vector on which the parts are projected. Default <see cref="VeloraProjection.FirstBatch"/>. PEFT's <c>init_type</c>.</summary>
    public VeloraProjection Projection { get; set; }
}
