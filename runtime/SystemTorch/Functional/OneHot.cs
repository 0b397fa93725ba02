namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static Tensor OneHot(Tensor x, long classes) => x.dtype == ScalarType.Int64
                ? Aten.one_hot.Call(x, classes)
                : throw new ArgumentException("OneHot input tensor must have elements of type Int64");
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator one_hot = new("one_hot");
}
