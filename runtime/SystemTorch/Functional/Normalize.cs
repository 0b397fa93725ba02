namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static Tensor Normalize(Tensor input, double p, long dim, double eps)
            {
                using var norm = Aten.norm_ScalarOpt_dim.Call(input, p, (ReadOnlySpan<long>)[dim], true);
                using var bounded = norm.clamp_min(eps);
                return input.div(bounded);
            }
        }
    }
}
