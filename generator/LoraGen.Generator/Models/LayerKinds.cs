namespace LoraGen.Generator.Models;

public static class LayerKinds
{
    /// <summary>The kind for the name that TorchSharp gives the layer's class and factory.</summary>
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
