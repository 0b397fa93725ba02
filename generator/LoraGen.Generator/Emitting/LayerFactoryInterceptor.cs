using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The interceptor of a layer's factory: the same factory, on META while a model is built without weights.</summary>
internal static class LayerFactoryInterceptor
{
    private const string MetaLayers = "global::LoraGen.CompilerServices.MetaLayers";

    public static (string Signature, string Body) Write(LayerFactory factory)
    {
        var signature = $"{factory.Result} {factory.Name}({string.Join(", ", factory.Parameters.Select((type, index) => $"{type} {Argument(index)}"))})";

        // TorchSharp creates these on the CPU, whatever the device is.
        if (factory.Name is "Embedding" or "EmbeddingBag")
            return (signature, $"{MetaLayers}.{factory.Name}({Arguments(factory, static device => device)})");

        var made = $"global::TorchSharp.torch.nn.{factory.Name}({Arguments(factory, static device => $"{MetaLayers}.DeviceOf({device})")})";
        return (signature, $"{MetaLayers}.Made({made}, {Argument(factory.DeviceIndex)})");
    }

    private static string Arguments(LayerFactory factory, Func<string, string> device)
    {
        return string.Join(", ", factory.Parameters.Select((_, index) => index == factory.DeviceIndex ? device(Argument(index)) : Argument(index)));
    }

    private static string Argument(int index) => $"value{index + 1}";
}
