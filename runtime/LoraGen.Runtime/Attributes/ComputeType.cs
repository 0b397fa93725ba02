namespace LoraGen;

/// <summary>The type in which a layer with a quantised weight computes its product.</summary>
public enum ComputeType
{
    /// <summary>BFloat16 if the weight was of that type, otherwise float32.</summary>
    Default,

    /// <summary>Float32.</summary>
    Float32,

    /// <summary>
    /// BFloat16, with a relative error of about 0.3 percent in the output. On processors with instructions for it (avx512_bf16, amx) twice as fast as float32.
    /// </summary>
    BFloat16,
}
