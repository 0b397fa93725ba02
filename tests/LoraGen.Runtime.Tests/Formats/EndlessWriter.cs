using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>What runs in a process of its own, to be killed: it saves one file after the other under the same name.</summary>
internal static class EndlessWriter
{
    public const int Tensors = 6;

    public static void Run(string path)
    {
        for (var version = 1; ; version++)
        {
            using var scope = NewDisposeScope();
            var tensors = Enumerable.Range(0, Tensors).Select(i => KeyValuePair.Create($"{i}", full([64 * 1024], version, dtype: ScalarType.Float32)));
            SafetensorsWriter.Write(path, tensors.ToList());
        }
    }
}
