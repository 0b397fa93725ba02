namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private (Tensor, Tensor, Tensor) Unique(bool sorted, bool inverse, bool counts, int? dim) => dim is { } d
            ? Aten.unique_dim.Call3(this, d, sorted, inverse, counts)
            : Aten._unique2.Call3(this, sorted, inverse, counts);
    }
}

internal static partial class Aten
{
    internal static readonly Operator _unique2 = new("_unique2");
    internal static readonly Operator unique_dim = new("unique_dim");
}
