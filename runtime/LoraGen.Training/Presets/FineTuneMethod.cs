namespace LoraGen.Training;

/// <summary>A way to fine-tune a model.</summary>
public enum FineTuneMethod
{
    /// <summary>All parameters are trained.</summary>
    Full,

    /// <summary>A LoRA adapter over the frozen model.</summary>
    Lora,

    /// <summary>A LoRA adapter over a quantised model.</summary>
    Qlora,

    /// <summary>A method with fewer parameters than LoRA's usual ones: IA³, BitFit, or LoRA of rank 2 to 4.</summary>
    Smaller,
}
