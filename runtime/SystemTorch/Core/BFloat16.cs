using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>The upper half of a float: its sign and exponent, and 7 bits of fraction.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial struct BFloat16 : IComparable, IComparable<BFloat16>, IEquatable<BFloat16>, IFormattable
{
    private const uint Exponent = 0x7F80_0000;
    private const uint Fraction = 0x007F_FFFF;

    private readonly ushort raw;

    private BFloat16(ushort raw) => this.raw = raw;

    public BFloat16(float f)
    {
        var bits = BitConverter.SingleToUInt32Bits(f);
        if ((bits & Exponent) == Exponent && (bits & Fraction) != 0)
        {
            // Rounding could carry a NaN's payload away and leave an infinity.
            raw = (ushort)((bits >> 16) | 0x40);
            return;
        }

        var half = 0x7FFFu + ((bits >> 16) & 1);
        raw = (ushort)((bits + half) >> 16);
    }

    public static readonly BFloat16 Zero = new((ushort)0);
    public static readonly BFloat16 One = new((ushort)0x3F80);
    public static readonly BFloat16 NaN = new((ushort)0x7FC0);
    public static readonly BFloat16 PositiveInfinity = new((ushort)0x7F80);
    public static readonly BFloat16 NegativeInfinity = new((ushort)0xFF80);
    public static readonly BFloat16 MaxValue = new((ushort)0x7F7F);
    public static readonly BFloat16 MinValue = new((ushort)0xFF7F);
    public static readonly BFloat16 SmallestSubnormal = new((ushort)1);
    public static readonly BFloat16 Epsilon = SmallestSubnormal;
    public static readonly BFloat16 MinNormal = new((ushort)0x0080);

    public static BFloat16 FromRawValue(ushort rawValue) => new(rawValue);

    public float ToSingle() => BitConverter.UInt32BitsToSingle((uint)raw << 16);

    public static bool IsNaN(BFloat16 bf) => float.IsNaN(bf.ToSingle());

    public static bool IsInfinity(BFloat16 bf) => float.IsInfinity(bf.ToSingle());

    public static bool IsPositiveInfinity(BFloat16 bf) => float.IsPositiveInfinity(bf.ToSingle());

    public static bool IsNegativeInfinity(BFloat16 bf) => float.IsNegativeInfinity(bf.ToSingle());

    public static bool IsFinite(BFloat16 bf) => float.IsFinite(bf.ToSingle());

    public bool Equals(BFloat16 other) => ToSingle() == other.ToSingle();

    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    public override int GetHashCode() => ToSingle().GetHashCode();

    public int CompareTo(BFloat16 other) => ToSingle().CompareTo(other.ToSingle());

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        BFloat16 other => CompareTo(other),
        _ => throw new ArgumentException($"A BFloat16 cannot be compared with a {obj.GetType()}.", nameof(obj)),
    };

    public override string ToString() => ToSingle().ToString();

    public string ToString(string? format, IFormatProvider? formatProvider) => ToSingle().ToString(format, formatProvider);
}
