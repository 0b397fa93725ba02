#nullable disable
namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? InPlace(Aten.dropout_, input, p, training) : Aten.dropout.Call(input, p, training);
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator dropout_ = new("dropout_");
    internal static readonly Operator dropout = new("dropout");
}
