namespace LoraGen.Formats;

/// <summary>Bytes that are read by position, a part at a time.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>What messages call it: the file's path.</summary>
    string Name { get; }

    /// <summary>How many bytes there were when it was opened.</summary>
    long Length { get; }

    /// <summary>Fills the target with the bytes from the position on.</summary>
    /// <exception cref="InvalidDataException">They are no longer there.</exception>
    void Read(long position, Span<byte> target);
}
