namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor to_dense() => Aten.to_dense.Call(this);
    }
}

internal static partial class Aten
{
    internal static readonly Operator to_dense = new("to_dense");
}
