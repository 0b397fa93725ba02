namespace LoraGen;

/// <summary>
/// Declares that a module class that can't be changed computes y = x·Wᵀ (+ b), and names its members, of any accessibility, for the rest.
/// <c>[assembly: LinearLayer(typeof(QuantizedLinear), Weight = "weight", InFeatures = "_in", OutFeatures = "_out")]</c>
/// </summary>
/// <param name="layer">The class, a <c>Module&lt;Tensor, Tensor&gt;</c>; it includes derived classes.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class LinearLayerAttribute(Type layer) : Attribute
{
    /// <summary>The class.</summary>
    public Type Layer { get; } = layer;

    /// <summary>The field or property with the weight [out, in], a Parameter or a buffer; while its value is null, nothing can be merged.</summary>
    public string? Weight { get; set; }

    /// <summary>The field or property with the size of the input; if not set, the weight's second dimension.</summary>
    public string? InFeatures { get; set; }

    /// <summary>The field or property with the size of the output; if not set, the weight's first dimension.</summary>
    public string? OutFeatures { get; set; }

    /// <summary>The field or property with the bias [out]; if not set, the parameter or buffer that the layer has registered as <c>bias</c>.</summary>
    public string? Bias { get; set; }
}
