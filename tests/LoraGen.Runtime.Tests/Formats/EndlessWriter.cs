using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>What runs in a process of its own, to be killed: it saves one file after the other under the same name.</summary>
internal static class EndlessWriter
{
    public const int Tensors = 6;

    /// <summary>Saves one checkpoint after the other into a folder, in one file and in several by turns.</summary>
    public static void RunCheckpoints(string folder)
    {
        for (var version = 1; ; version++)
        {
            using var scope = NewDisposeScope();
            using var model = Model();
            using (no_grad())
            {
                foreach (var weight in model.parameters())
                    weight.fill_(version);
            }

            var limit = (version % 4) switch { 0 => 10_000_000, 1 => 600_000, _ => 300_000 };
            model.SaveCheckpoint(folder, config: $"{{\"version\": {version}}}", maxShardBytes: limit);
        }
    }

    public static nn.Module<Tensor, Tensor> Model()
    {
        return nn.Sequential([.. Enumerable.Range(0, Tensors).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)nn.Linear(256, 256, hasBias: false)))]);
    }

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
