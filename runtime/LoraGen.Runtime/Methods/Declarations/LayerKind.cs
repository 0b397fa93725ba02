namespace LoraGen;

/// <summary>A kind of layer that can be adapted.</summary>
public enum LayerKind
{
    /// <summary>None that is known.</summary>
    Unknown,

    /// <summary>y = x·Wᵀ (+ b), TorchSharp's or the user's own.</summary>
    Linear,

    /// <summary>Rows of a table.</summary>
    Embedding,

    /// <summary>A convolution over one, two or three dimensions.</summary>
    Convolution,
}
