using System.Numerics;

namespace TorchSharp;

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this Half value) => value;

    public static Scalar ToScalar(this BFloat16 value) => value;

    public static Scalar ToBFloat16Scalar(this float value) => new BFloat16(value);

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this (float, float) value) => value;

    public static Scalar ToScalar(this Complex value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static Half ToHalf(this Scalar value) => (Half)Real(value);

    public static BFloat16 ToBFloat16(this Scalar value) => (BFloat16)Real(value);

    public static float ToSingle(this Scalar value) => (float)Real(value);

    public static double ToDouble(this Scalar value) => Real(value);

    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.ToInt64());

    public static byte ToByte(this Scalar value) => checked((byte)value.ToInt64());

    public static short ToInt16(this Scalar value) => checked((short)value.ToInt64());

    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64());

    public static long ToInt64(this Scalar value) => value.Kind is ScalarKind.Int or ScalarKind.Bool ? value.Bits : checked((long)Real(value));

    public static bool ToBoolean(this Scalar value) => value.Kind is ScalarKind.Complex ? value.Real != 0 || value.Imaginary != 0 : value.Real != 0;

    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value)
    {
        var complex = value.ToComplexFloat64();
        return ((float)complex.Real, (float)complex.Imaginary);
    }

    public static Complex ToComplexFloat64(this Scalar value) => value.Kind is ScalarKind.Complex ? new(value.Real, value.Imaginary) : new(value.Real, 0);

    private static double Real(Scalar value) =>
        value.Kind is ScalarKind.Complex && value.Imaginary != 0
            ? throw new InvalidOperationException($"A complex scalar ({value.Real}, {value.Imaginary}) has no real value.")
            : value.Real;
}
