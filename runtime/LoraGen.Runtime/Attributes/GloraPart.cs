namespace LoraGen;

/// <summary>The form of a part of GLoRA's change.</summary>
public enum GloraPart
{
    /// <summary>A product of two factors, [out, rank]·[rank, in]. Not for D and E, which are vectors.</summary>
    LowRank,

    /// <summary>One number for each output; for C, one for each input.</summary>
    Vector,

    /// <summary>One number. Not for C.</summary>
    Constant,

    /// <summary>The part is zero and has no parameters.</summary>
    None,
}
