using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Reads a safetensors file: the header's length, a JSON header, the tensors' bytes. Little-endian, as the machines that run this are.</summary>
internal static class SafeTensors
{
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject()
            .Where(entry => entry.Name != "__metadata__")
            .ToDictionary(entry => entry.Name, entry => Tensor(entry.Value, file.AsSpan(start)).to(TestDevice.Device));
    }

    private static Tensor Tensor(JsonElement entry, ReadOnlySpan<byte> data)
    {
        var offsets = entry.GetProperty("data_offsets");
        var bytes = data[offsets[0].GetInt32()..offsets[1].GetInt32()];
        var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        return entry.GetProperty("dtype").GetString() switch
        {
            "F32" => tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), shape),
            "I64" => tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), shape),
            var other => throw new NotSupportedException($"The goldens hold F32 and I64, not {other}."),
        };
    }
}
