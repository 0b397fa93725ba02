namespace TorchSharp;

public static partial class torch
{
    // Whole numbers only: 64-bit integers, as in Python.
    private static ScalarType RangeType(Scalar start, Scalar stop, Scalar step) =>
        is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type) ? ScalarType.Int64 : get_default_dtype();
}
