using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp;

/// <summary>
/// One argument of an operator, as a caller writes it: tensors, numbers, lists convert to it.
/// It holds what must stay alive (the owner) or pinned (the data) until the native call is over.
/// </summary>
internal readonly ref struct Arg
{
    internal readonly object? Owner;
    internal readonly ref byte Data;
    private readonly long bits;
    private readonly int count;
    private readonly NativeTag tag;
    internal readonly bool Present;

    private Arg(NativeTag tag, long bits, int count = 0, object? owner = null)
    {
        (this.tag, this.bits, this.count, Owner, Present) = (tag, bits, count, owner, true);
    }

    private Arg(NativeTag tag, ref byte data, int count, object? owner)
    {
        (this.tag, this.count, Owner, Present) = (tag, count, owner, true);
        Data = ref data;
    }

    /// <summary>An explicit "no value", for an optional parameter.</summary>
    internal static Arg None => new(NativeTag.None, 0);

    /// <summary>The value that the operator's own schema gives.</summary>
    internal static Arg Default => new(NativeTag.Default, 0);

    internal static Arg Optional(torch.Tensor? tensor) => tensor is null ? None : tensor;

    internal static Arg Tensors(IReadOnlyList<torch.Tensor?> tensors) => List(NativeTag.TensorList, tensors);

    internal static Arg TensorSpan(ReadOnlySpan<torch.Tensor> tensors) => List(NativeTag.TensorList, tensors.ToArray());

    internal static Arg OptionalTensors(IReadOnlyList<torch.Tensor?> tensors) => List(NativeTag.OptionalTensorList, tensors);

    internal static Arg Doubles(double[] values) =>
        new(NativeTag.DoubleList, ref Unsafe.As<double, byte>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length, values);

    internal unsafe NativeArg ToNative(byte* pinned) => new(tag, count, pinned is null ? bits : (long)pinned);

    public static implicit operator Arg(torch.Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(NativeTag.Tensor, tensor.Handle, 0, tensor);
    }

    public static implicit operator Arg(long value) => new(NativeTag.Int, value);

    public static implicit operator Arg(int value) => new(NativeTag.Int, value);

    public static implicit operator Arg(long? value) => value is { } v ? v : None;

    public static implicit operator Arg(double value) => new(NativeTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(double? value) => value is { } v ? v : None;

    public static implicit operator Arg(bool value) => new(NativeTag.Bool, value ? 1 : 0);

    public static implicit operator Arg(bool? value) => value is { } v ? v : None;

    public static implicit operator Arg(torch.ScalarType value) => new(NativeTag.Int, (long)value);

    public static implicit operator Arg(torch.ScalarType? value) => value is { } v ? v : None;

    public static implicit operator Arg(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(NativeTag.Device, device.index, (int)device.type);
    }

    public static implicit operator Arg(torch.Generator? generator) => generator is null ? None : new(NativeTag.Generator, generator.Handle, 0, generator);

    public static implicit operator Arg(long[]? values) =>
        values is null ? None : new(NativeTag.IntList, ref Unsafe.As<long, byte>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length, values);

    public static implicit operator Arg(ReadOnlySpan<long> values) =>
        values.Length == 0
            ? new(NativeTag.IntList, 0)
            : new(NativeTag.IntList, ref Unsafe.As<long, byte>(ref MemoryMarshal.GetReference(values)), values.Length, null);

    public static implicit operator Arg(string? text)
    {
        if (text is null)
        {
            return None;
        }

        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        return new(NativeTag.String, ref MemoryMarshal.GetArrayDataReference(utf8), utf8.Length, utf8);
    }

    public static implicit operator Arg(Scalar? scalar) => scalar switch
    {
        null => None,
        { Kind: ScalarKind.Int } => new(NativeTag.Int, scalar.Bits),
        { Kind: ScalarKind.Double } => new(NativeTag.Double, scalar.Bits),
        { Kind: ScalarKind.Bool } => new(NativeTag.Bool, scalar.Bits),
        _ => Complex([scalar.Real, scalar.Imaginary]),
    };

    private static Arg Complex(double[] parts) => new(NativeTag.Complex, ref Unsafe.As<double, byte>(ref parts[0]), 2, parts);

    private static Arg List(NativeTag tag, IReadOnlyList<torch.Tensor?> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var handles = new IntPtr[tensors.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            if (tensors[i] is { } tensor)
            {
                handles[i] = tensor.Handle;
            }
            else if (tag == NativeTag.TensorList)
            {
                throw new ArgumentNullException(nameof(tensors), $"element {i} of the list of tensors is null");
            }
        }

        return new(tag, ref Unsafe.As<IntPtr, byte>(ref MemoryMarshal.GetArrayDataReference(handles)), handles.Length, (handles, tensors));
    }
}
