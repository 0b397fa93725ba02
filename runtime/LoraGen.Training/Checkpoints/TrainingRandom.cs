using System.Buffers.Binary;

namespace LoraGen.Training;

/// <summary>
/// A random generator whose state a checkpoint stores, for code of a training that draws numbers by .NET, such as noise in the loss function. It is SplitMix64
/// (Steele et al. 2014). Use it on the thread of the training only.
/// </summary>
public sealed class TrainingRandom : Random
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">The seed, which is its first state.</param>
    public TrainingRandom(long seed) => State = unchecked((ulong)seed);

    /// <summary>The state. Equal states are followed by equal numbers.</summary>
    public ulong State { get; set; }

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue) => Next(0, maxValue);

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => NextInt64(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = unchecked((ulong)(maxValue - minValue));

        // The high half of the product is uniform up to 2⁻⁶⁴ of the range.
        return range == 0 ? minValue : unchecked(minValue + (long)Math.BigMul(Draw(), range, out _));
    }

    /// <inheritdoc/>
    public override double NextDouble() => (Draw() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (Draw() >> 40) * (1.0f / (1U << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        Span<byte> drawn = stackalloc byte[sizeof(ulong)];
        while (buffer.Length > 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(drawn, Draw());
            var part = Math.Min(buffer.Length, drawn.Length);
            drawn[..part].CopyTo(buffer);
            buffer = buffer[part..];
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    private ulong Draw()
    {
        unchecked
        {
            var mixed = State += Increment;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
