namespace LoraGen;

/// <summary>A way to train a model, with the types of its tensors; a row of a <see cref="MemoryEstimate"/>.</summary>
public enum TrainingMode
{
    /// <summary>All parameters train, in float32: 4 bytes for the weight, 4 for its gradient, 8 for AdamW's two moments.</summary>
    Full32,

    /// <summary>
    /// All parameters train in mixed precision, as under torch's autocast: the masters, gradients and moments in float32 (4 + 4 + 8 bytes) and a copy of the
    /// weights in 16 bits (2 bytes).
    /// </summary>
    FullMixed,

    /// <summary>All parameters train, only in 16 bits: 2 bytes for the weight, 2 for its gradient, 4 for the moments.</summary>
    Full16,

    /// <summary>In 16 bits, the last modules of the model's list train as under <see cref="Full16"/>; the rest is frozen: 2 bytes for the weight.</summary>
    Frozen16,

    /// <summary>The adapter trains, in its own type (float32: 4 + 4 + 8 bytes); the frozen base model is float32: 4 bytes.</summary>
    Lora32,

    /// <summary>As <see cref="Lora32"/>; the frozen base model is in 16 bits: 2 bytes.</summary>
    Lora16,

    /// <summary>
    /// As <see cref="Lora16"/>; the weights of the base model's Linear layers are <see cref="Quantization.Int8"/>, with a float32 scale for each row. Weights that
    /// several layers share, heads (layers as wide as an embedding has rows), embeddings, convolutions and norms stay in 16 bits, or in float32 with
    /// <see cref="MemoryOptions.QuantizedWithFloat32"/>.
    /// </summary>
    Lora8,

    /// <summary>As <see cref="Lora8"/>, with <see cref="Quantization.Nf4"/>: 0.5159 bytes for each weight.</summary>
    Lora4,

    /// <summary>As <see cref="Lora8"/>, with <see cref="Quantization.Nf2"/>: 0.2817 bytes for each weight.</summary>
    Lora2,
}
