using LoraGen.Formats;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>A file that is in memory only.</summary>
internal sealed class MemoryBytes(byte[] content) : IByteSource
{
    public const string FileName = "memory.safetensors";

    public string Name => FileName;

    public long Length => content.Length;

    public void Read(long position, Span<byte> target) => content.AsSpan((int)position, target.Length).CopyTo(target);

    public void Dispose()
    {
    }
}
