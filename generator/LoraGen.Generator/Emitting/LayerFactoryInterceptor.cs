using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>What takes the place of a layer's factory: the same factory, on META while a model is built without weights.</summary>
internal static class LayerFactoryInterceptor
{
    private const string MetaLayers = "global::LoraGen.CompilerServices.MetaLayers";

    public static (string Signature, string Body) Write(LayerFactory factory)
    {
        var signature = $"{factory.Result} {factory.Name}({string.Join(", ", factory.Parameters.Select((type, index) => $"{type} value{index + 1}"))})";

        // TorchSharp makes these on the CPU, wherever they are wanted.
        var isMadeOnCpu = factory.Name is "Embedding" or "EmbeddingBag";
        var arguments = factory.Parameters.Select((_, index) => index == factory.DeviceIndex && !isMadeOnCpu
            ? $"{MetaLayers}.DeviceOf(value{index + 1})"
            : $"value{index + 1}");
        return (signature, $"{(isMadeOnCpu ? MetaLayers : "global::TorchSharp.torch.nn")}.{factory.Name}({string.Join(", ", arguments)})");
    }
}
