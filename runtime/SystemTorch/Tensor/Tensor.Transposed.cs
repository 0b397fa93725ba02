namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The view with all dimensions in reverse order.</summary>
        public Tensor T
        {
            get
            {
                var order = new long[ndim];
                for (var i = 0; i < order.Length; i++)
                {
                    order[i] = order.Length - 1 - i;
                }

                return permute(order);
            }
        }

        /// <summary>The view with the last two dimensions exchanged.</summary>
        public Tensor mT => Aten.mT.Call(this);
    }
}

internal static partial class Aten
{
    internal static readonly Operator mT = new("mT");
}
