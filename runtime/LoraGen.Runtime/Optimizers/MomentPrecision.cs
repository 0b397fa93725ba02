namespace LoraGen;

/// <summary>How Adam's two moments are stored between the steps.</summary>
public enum MomentPrecision
{
    /// <summary>In float32, or in float64 for a float64 parameter: 8 bytes for an element.</summary>
    Full,

    /// <summary>
    /// In 8 bits by block-wise dynamic quantisation (Dettmers et al. 2022, arXiv:2110.02861): 2.03 bytes for an element. Moments of fewer than 4096 elements,
    /// and those of float64 parameters, stay <see cref="Full"/>.
    /// </summary>
    EightBit,
}
