namespace LoraGen;

/// <summary>
/// Generates a typed P-tuning adapter (Liu et al. 2021, arXiv:2103.10385) of a model that is <see cref="IPromptable"/>: embeddings before those of the text,
/// which a trained network computes.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class PTuningAttribute : VirtualTokenAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public PTuningAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public PTuningAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>The network. Default <see cref="PromptEncoder.Mlp"/>. PEFT's <c>encoder_reparameterization_type</c>.</summary>
    public PromptEncoder Encoder { get; set; }

    /// <summary>
    /// The size of the hidden layers, or of the LSTM in each direction. 0, the default: the size of an embedding. PEFT's <c>encoder_hidden_size</c>.
    /// </summary>
    public int EncoderSize { get; set; }

    /// <summary>The number of layers of the LSTM. Default 2. PEFT's <c>encoder_num_layers</c>.</summary>
    public int EncoderLayers { get; set; } = PTuningMethod.DefaultEncoderLayers;

    /// <summary>
    /// Probability in [0, 1) with which an output of an LSTM layer is zeroed before the next layer while the model is in training mode. Default 0. PEFT's
    /// <c>encoder_dropout</c>.
    /// </summary>
    public double EncoderDropout { get; set; }
}
