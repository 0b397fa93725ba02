namespace LoraGen;

/// <summary>The function between the two matrices of a bottleneck adapter.</summary>
public enum BottleneckActivation
{
    /// <summary>max(0, x): the default of Pfeiffer's adapters.</summary>
    Relu,

    /// <summary>x·Φ(x), with the exact normal distribution.</summary>
    Gelu,

    /// <summary>x·sigmoid(x), also called swish: the default of Houlsby's adapters in AdapterHub.</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
