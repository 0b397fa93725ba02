namespace LoraGen.Generator.Models;

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
