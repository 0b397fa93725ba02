namespace LoraGen;

/// <summary>
/// Generates a bottleneck adapter for a TorchSharp model: after each module in <see cref="After"/>, h ← h + s·U·σ(D·dropout(h) + d) + u, with D [m, width],
/// U [width, m] and m = width / <see cref="ReductionFactor"/> (Houlsby et al. 2019, arXiv:1902.00751; Pfeiffer et al. 2021, arXiv:2005.00247). U and u start
/// at zero, so the model's output is unchanged at first.
/// </summary>
/// <remarks>
/// <para>On a model class <c>M</c>, or as <c>[assembly: Bottleneck(typeof(M), …)]</c>, it generates <c>MBottleneck</c> and <c>model.AttachBottleneck()</c>. No
/// weight can represent the adapter, so it can't be merged.</para>
/// <para>Houlsby's placement is after the attention and after the feed-forward block, <c>After = ["self_attn", "mlp"]</c>; Pfeiffer's is after the latter
/// only.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class BottleneckAttribute : AdapterAttribute
{
    /// <inheritdoc cref="FreezeAttribute()"/>
    public BottleneckAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public BottleneckAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// The modules after which an adapter is inserted, in the form of <see cref="LayerAdapterAttribute.Targets"/>: any
    /// <c>Module&lt;Tensor, Tensor&gt;</c>. It is required.
    /// </summary>
    public string[] After { get; set; } = [];

    /// <summary>Modules to exclude from <see cref="After"/>, in the same form.</summary>
    public string[] Exclude { get; set; } = [];

    /// <inheritdoc cref="LayerAdapterAttribute.Layers"/>
    public string? Layers { get; set; }

    /// <summary>The width divided by the width of the bottleneck; at least 1, and a divisor of the width. Default 16.</summary>
    public int ReductionFactor { get; set; } = BottleneckMethod.DefaultReductionFactor;

    /// <summary>The function σ. Default <see cref="BottleneckActivation.Relu"/>.</summary>
    public BottleneckActivation Activation { get; set; }

    /// <summary>Probability in [0, 1) with which an input of D is zeroed while the module is in training mode. Default 0.</summary>
    public double Dropout { get; set; }

    /// <summary>The factor s of the adapter's output; positive. Default 1. He et al. (2022, arXiv:2110.04366) use 4 for parallel adapters.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>
    /// Whether the adapter reads the module's input instead of its output, so that it is computed beside the module (He et al. 2022, arXiv:2110.04366). Default
    /// false.
    /// </summary>
    public bool Parallel { get; set; }

    /// <summary>
    /// The layers whose number of outputs is the width of the module that contains them, in the form of <see cref="LayerAdapterAttribute.Targets"/>. Default:
    /// in each module, the last layer or normalization that is registered in it.
    /// </summary>
    public string[] WidthOf { get; set; } = [];

    /// <inheritdoc cref="LayerAdapterAttribute.AllowUnreached"/>
    public object AllowUnreached { get; set; } = false;
}
