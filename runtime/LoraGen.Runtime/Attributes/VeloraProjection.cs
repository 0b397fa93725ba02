namespace LoraGen;

/// <summary>The vector on which VeLoRA projects the parts of an input.</summary>
public enum VeloraProjection
{
    /// <summary>The normalized mean of all parts of the first training batch, which stays: the paper's choice. PEFT's <c>batch_average_once</c>.</summary>
    FirstBatch,

    /// <summary>The normalized mean of all parts of each training batch. PEFT's <c>batch_average</c>, its default.</summary>
    EachBatch,

    /// <summary>A random vector of length 1. PEFT's <c>random</c>.</summary>
    Random,
}
