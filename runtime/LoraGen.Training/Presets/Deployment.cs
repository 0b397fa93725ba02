namespace LoraGen.Training;

/// <summary>How a fine-tuned model will be used.</summary>
public enum Deployment
{
    /// <summary>One model for one task, with merged weights.</summary>
    OneModel,

    /// <summary>One base model in memory with an adapter for each of several tasks.</summary>
    SeveralAdapters,

    /// <summary>One model whose weights are quantised.</summary>
    Quantized,
}
