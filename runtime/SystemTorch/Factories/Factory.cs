namespace TorchSharp;

using static torch;

/// <summary>Makes tensors: fills in the default type and device, and sets what comes after.</summary>
internal static class Factory
{
    internal static Tensor Empty(ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad = false, string[]? names = null) =>
        Finish(Aten.empty_memory_format.Call(size, dtype ?? get_default_dtype(), Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Zeros(ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad = false, string[]? names = null) =>
        Finish(Aten.zeros.Call(size, dtype ?? get_default_dtype(), Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Ones(ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad = false, string[]? names = null) =>
        Finish(Aten.ones.Call(size, dtype ?? get_default_dtype(), Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype, Device? device, bool requiresGrad = false, string[]? names = null) =>
        Finish(Aten.full.Call(size, value, dtype ?? Inferred(value), Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Rand(
        ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names) =>
        Finish(Aten.rand_generator.Call(size, generator, dtype ?? get_default_dtype(), Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Randn(
        ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names) =>
        Finish(Aten.randn_generator.Call(size, generator, dtype ?? get_default_dtype(), Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Randint(
        long low, long high, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requiresGrad, Generator? generator, string[]? names) =>
        Finish(
            Aten.randint_low_generator.Call(low, high, size, generator, dtype ?? ScalarType.Int64, Arg.None, InitializeDevice(device)), requiresGrad, names);

    internal static Tensor Like(Operator @operator, Tensor input, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names = null) =>
        Finish(@operator.Call(input, dtype ?? input.dtype, Arg.None, device ?? input.device), requiresGrad, names);

    internal static Tensor Finish(Tensor tensor, bool requiresGrad, string[]? names = null)
    {
        if (requiresGrad)
        {
            tensor.requires_grad = true;
        }

        return names is { Length: > 0 } ? tensor.rename_(names) : tensor;
    }

    private static ScalarType Inferred(Scalar value) => value.Kind == ScalarKind.Double ? get_default_dtype() : value.Type;
}

internal static partial class Aten
{
    internal static readonly Operator empty_memory_format = new("empty", "memory_format");
    internal static readonly Operator zeros = new("zeros");
    internal static readonly Operator ones = new("ones");
    internal static readonly Operator full = new("full");
    internal static readonly Operator rand_generator = new("rand", "generator");
    internal static readonly Operator randn_generator = new("randn", "generator");
    internal static readonly Operator randint_low_generator = new("randint", "low_generator");
}
