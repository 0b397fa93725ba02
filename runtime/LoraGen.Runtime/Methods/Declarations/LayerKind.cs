namespace LoraGen;

/// <summary>A kind of layer that can be adapted.</summary>
public enum LayerKind
{
    /// <summary>An unknown kind.</summary>
    Unknown,

    /// <summary>y = x·Wᵀ (+ b), TorchSharp's Linear or a user-defined layer.</summary>
    Linear,

    /// <summary>A lookup of rows of a table.</summary>
    Embedding,

    /// <summary>A convolution over one, two or three dimensions.</summary>
    Convolution,
}
