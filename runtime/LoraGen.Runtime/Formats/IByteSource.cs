namespace LoraGen.Formats;

/// <summary>Bytes that are read by position, in parts.</summary>
internal interface IByteSource : IDisposable
{
    /// <summary>Its name in messages: the file's path.</summary>
    string Name { get; }

    /// <summary>The number of bytes when it was opened.</summary>
    long Length { get; }

    /// <summary>Fills the target with the bytes from the position on.</summary>
    /// <exception cref="InvalidDataException">They are no longer there.</exception>
    void Read(long position, Span<byte> target);
}
