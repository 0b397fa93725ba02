using System.Numerics;

namespace TorchSharp;

/// <summary>A number of any type, as an argument of operators. Integers are kept as 64 bits, fractions as double, as libtorch does.</summary>
public sealed class Scalar : IDisposable
{
    private readonly ScalarKind kind;
    private readonly long bits;
    private readonly double imaginary;
    private bool disposed;

    internal Scalar(long value) => (kind, bits) = (ScalarKind.Int, value);

    internal Scalar(double value) => (kind, bits) = (ScalarKind.Double, BitConverter.DoubleToInt64Bits(value));

    internal Scalar(bool value) => (kind, bits) = (ScalarKind.Bool, value ? 1 : 0);

    internal Scalar(double real, double imaginary) =>
        (kind, bits, this.imaginary) = (ScalarKind.Complex, BitConverter.DoubleToInt64Bits(real), imaginary);

    internal ScalarKind Kind => disposed ? throw new InvalidOperationException("Scalar invalid -- empty handle.") : kind;

    /// <summary>The integer, the bool as 0 or 1, or the bits of the double or of the real part.</summary>
    internal long Bits => bits;

    internal double Real => kind is ScalarKind.Double or ScalarKind.Complex ? BitConverter.Int64BitsToDouble(bits) : bits;

    internal double Imaginary => imaginary;

    public torch.ScalarType Type => Kind switch
    {
        ScalarKind.Int => torch.ScalarType.Int64,
        ScalarKind.Double => torch.ScalarType.Float64,
        ScalarKind.Bool => torch.ScalarType.Bool,
        _ => torch.ScalarType.ComplexFloat64,
    };

    public void Dispose() => disposed = true;

    public static implicit operator Scalar(byte value) => new((long)value);

    public static implicit operator Scalar(sbyte value) => new((long)value);

    public static implicit operator Scalar(short value) => new((long)value);

    public static implicit operator Scalar(int value) => new((long)value);

    public static implicit operator Scalar(long value) => new(value);

    public static implicit operator Scalar(Half value) => new((double)value);

    public static implicit operator Scalar(BFloat16 value) => new((double)(float)value);

    public static implicit operator Scalar(float value) => new((double)value);

    public static implicit operator Scalar(double value) => new(value);

    public static implicit operator Scalar((float, float) value) => new(value.Item1, value.Item2);

    public static implicit operator Scalar(Complex value) => new(value.Real, value.Imaginary);

    public static implicit operator Scalar(bool value) => new(value);
}
