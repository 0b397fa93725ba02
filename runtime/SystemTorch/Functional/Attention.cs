namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p < 0)
                {
                    throw new ArgumentException("Dropout probability must be greater than or equal to zero.");
                }

                if (is_casual && attn_mask is not null)
                {
                    throw new ArgumentException("Casual attention masking cannot pass a mask.");
                }

                return Aten.scaled_dot_product_attention.Exists
                    ? Aten.scaled_dot_product_attention.Call(query, key, value, Arg.Optional(attn_mask), p, is_casual)
                    : Attention(query, key, value, attn_mask, p, is_casual);
            }

            // libtorch has the operator since 2.0; before, its parts.
            private static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool causal)
            {
                using var scope = NewDisposeScope();
                var scores = query.mul(1 / Math.Sqrt(query.size(-1))).matmul(key.transpose(-2, -1));
                if (causal)
                {
                    mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                }

                if (mask is not null)
                {
                    scores = mask.dtype == ScalarType.Bool
                        ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity)
                        : scores.add(mask);
                }

                var weights = scores.softmax(-1);
                return (p > 0 ? dropout(weights, p) : weights).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator scaled_dot_product_attention = new("scaled_dot_product_attention");
}
