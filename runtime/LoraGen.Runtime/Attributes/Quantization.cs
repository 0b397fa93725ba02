namespace LoraGen;

/// <summary>The format of a base weight that is stored in fewer bits.</summary>
public enum Quantization
{
    /// <summary>The weight stays as it is.</summary>
    None,

    /// <summary>
    /// 4 bits: 16 quantiles of a normal distribution, scaled by the largest absolute value of each block of 64. About 0.52 bytes for each weight. QLoRA's
    /// NormalFloat (Dettmers et al. 2023, arXiv:2305.14314).
    /// </summary>
    Nf4,

    /// <summary>
    /// 4 bits: floating-point numbers with a sign, two bits of exponent and one of mantissa, scaled in the same way. bitsandbytes' <c>fp4</c>.
    /// </summary>
    Fp4,

    /// <summary>
    /// 8 bits: integers from -127 to 127, scaled by the largest absolute value of each row. About 1 byte for each weight. It is not bitsandbytes'
    /// <c>LLM.int8</c>, which multiplies outliers in half precision.
    /// </summary>
    Int8,

    /// <summary>
    /// 2 bits: four quantiles of a normal distribution, in blocks of 32. Its error is 42 percent of the norm of a normally distributed weight, so it is meant
    /// for <see cref="LoraAttribute.LoftqIterations"/>.
    /// </summary>
    Nf2,
}
