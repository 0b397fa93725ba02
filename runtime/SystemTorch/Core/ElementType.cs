using System.Numerics;

namespace TorchSharp;

/// <summary>The .NET type that holds one element of a tensor, for each element type that has one.</summary>
internal static class ElementType
{
    internal static torch.ScalarType Of(Type type) => type switch
    {
        _ when type == typeof(byte) => torch.ScalarType.Byte,
        _ when type == typeof(sbyte) => torch.ScalarType.Int8,
        _ when type == typeof(short) => torch.ScalarType.Int16,
        _ when type == typeof(int) => torch.ScalarType.Int32,
        _ when type == typeof(long) => torch.ScalarType.Int64,
        _ when type == typeof(Half) => torch.ScalarType.Float16,
        _ when type == typeof(BFloat16) => torch.ScalarType.BFloat16,
        _ when type == typeof(float) => torch.ScalarType.Float32,
        _ when type == typeof(double) => torch.ScalarType.Float64,
        _ when type == typeof(bool) => torch.ScalarType.Bool,
        _ when type == typeof((float, float)) => torch.ScalarType.ComplexFloat32,
        _ when type == typeof(Complex) => torch.ScalarType.ComplexFloat64,
        _ => throw new NotSupportedException($"The type {type.FullName} is not supported."),
    };

    /// <summary>Throws where elements of the tensor's type cannot be read as <typeparamref name="T"/>.</summary>
    internal static void Check<T>(torch.ScalarType dtype) where T : unmanaged
    {
        var compatible = dtype switch
        {
            torch.ScalarType.QInt8 or torch.ScalarType.QUInt8 or torch.ScalarType.QInt32 => true,
            _ => Of(typeof(T)) == dtype,
        };
        if (!compatible)
        {
            throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
        }
    }
}
