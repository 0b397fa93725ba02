namespace LoraGen.Generator.Models;

/// <summary>A kind of layer, as a type or a factory names it.</summary>
public enum LayerKind
{
    /// <summary>None that is known at compile time.</summary>
    Unknown,

    Linear,

    Embedding,

    /// <summary>Over one, two or three dimensions.</summary>
    Convolution,
}

public static class LayerKinds
{
    /// <summary>By the name that TorchSharp gives its class and its factory.</summary>
    public static LayerKind Named(string? name)
    {
        return name switch
        {
            "Linear" => LayerKind.Linear,
            "Embedding" => LayerKind.Embedding,
            "Conv1d" or "Conv2d" or "Conv3d" => LayerKind.Convolution,
            _ => LayerKind.Unknown,
        };
    }
}
