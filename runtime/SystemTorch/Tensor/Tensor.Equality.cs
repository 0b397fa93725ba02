namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether both tensors have the same shape and the same values.</summary>
        public bool Equals(Tensor target) => target is not null && Aten.equal.CallBool(this, target);

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        public override int GetHashCode() => base.GetHashCode();
    }
}

internal static partial class Aten
{
    internal static readonly Operator equal = new("equal");
}
