namespace LoraGen;

/// <summary>
/// Says that a module class which one does not own computes y = x·Wᵀ (+ b), and which of its members, of whatever accessibility, tell the rest.
/// <c>[assembly: LinearLayer(typeof(QuantizedLinear), Weight = "weight", InFeatures = "_in", OutFeatures = "_out")]</c>
/// </summary>
/// <param name="layer">The class, a <c>Module&lt;Tensor, Tensor&gt;</c>; it speaks for derived classes too.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LinearLayerAttribute(Type layer) : Attribute
{
    /// <summary>The class.</summary>
    public Type Layer { get; } = layer;

    /// <summary>The field or property with the weight [out, in], a Parameter or a buffer; while it is null, nothing can be merged.</summary>
    public string? Weight { get; set; }

    /// <summary>The field or property with the size of the input; where there is none, the weight's second dimension.</summary>
    public string? InFeatures { get; set; }

    /// <summary>The field or property with the size of the output; where there is none, the weight's first dimension.</summary>
    public string? OutFeatures { get; set; }

    /// <summary>The field or property with the bias [out]; where none is named, the parameter or buffer that the layer has registered as <c>bias</c>.</summary>
    public string? Bias { get; set; }
}
