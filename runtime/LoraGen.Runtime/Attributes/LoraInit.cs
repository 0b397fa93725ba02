namespace LoraGen;

/// <summary>The initial values of a LoRA matrix.</summary>
public enum LoraInit
{
    /// <summary>Uniform in ±1/√fan_in: PyTorch's <c>kaiming_uniform_(a = √5)</c>, PEFT's default for A.</summary>
    KaimingUniform,

    /// <summary>Normal with mean 0 and standard deviation 1/rank: PEFT's <c>init_lora_weights="gaussian"</c>.</summary>
    Gaussian,

    /// <summary>All zeros; of A and B, at most one.</summary>
    Zeros,

    /// <summary>
    /// For A and B together, with an even rank: A's columns and B's rows are random vectors in orthogonal halves of the rank's dimensions, with a deviation of
    /// about 0.07, so that neither is zero but B·A is. PEFT's <c>init_lora_weights="orthogonal"</c>.
    /// </summary>
    Orthogonal,
}
