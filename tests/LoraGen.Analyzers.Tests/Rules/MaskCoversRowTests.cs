namespace LoraGen.Analyzers.Tests.Rules;

public sealed class MaskCoversRowTests : RuleTests
{
    protected override string Id => "LORA3010";

    protected override string Message =>
        "Where mask covers a whole row, such as a padded position's, the gradients of scaled_dot_product_attention are wrong on the CPU, although its output "
        + "is right; write it with matmul and softmax, or leave each row a position";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                var mask = zeros(1, 1, x.shape[1], x.shape[1]).masked_fill(attention.eq(0), finfo(x.dtype).min);
                return functional.scaled_dot_product_attention(q.forward(x), x, x, {|LORA3010:mask|});
            }
        }
        """,
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                var isSeen = ones(x.shape[1], x.shape[1], dtype: ScalarType.Bool).tril().logical_and(attention.to(ScalarType.Bool).unsqueeze(1));
                var bias = torch.where(isSeen, tensor(0f), tensor(-1e9f));
                var y = functional.scaled_dot_product_attention(q.forward(x), x, x, {|LORA3010:bias|}, 0.1);
                return functional.scaled_dot_product_attention(y, x, x, attn_mask: {|LORA3010:(1 - attention.to(x.dtype)) * float.MinValue|});
            }
        }
        """,
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                var causal = full(x.shape[1], x.shape[1], finfo(x.dtype).min).triu(1);
                var padding = zeros_like(attention);
                padding.masked_fill_(attention == 0, -1e9);
                var whole = causal + padding.unsqueeze(1);
                var other = zeros(x.shape[1], x.shape[1]);
                other[attention.to(ScalarType.Bool)] = finfo().min;
                return functional.scaled_dot_product_attention(q.forward(x), x, x, {|LORA3010:whole|})
                    + functional.scaled_dot_product_attention(q.forward(x), x, x, {|LORA3010:other|})
                    + functional.scaled_dot_product_attention(q.forward(x), x, x, {|LORA3010:Mask(attention)|});
                
                static Tensor Mask(Tensor seen)
                {
                    return seen.logical_not().to(ScalarType.Float32).mul(-1e9f);
                }
            }
        }
        """,
        // In any class, by a static helper.
        """
        public static class Layers
        {
            public static Tensor Attend(Tensor x, Tensor seen) => functional.scaled_dot_product_attention(x, x, x, {|LORA3010:Bias(seen)|});

            private static Tensor Bias(Tensor seen) => (1.0 - seen) * -1e9;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // By positions alone.
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                var n = x.shape[1];
                var mask = full(n, n, finfo(x.dtype).min).triu(1).to(x.dtype);
                var other = zeros(n, n, device: x.device).masked_fill(arange(n).unsqueeze(0) > arange(n).unsqueeze(1), -1e9);
                var like = zeros_like(attention).masked_fill(ones_like(attention).triu(1).to(ScalarType.Bool), float.MinValue);
                return functional.scaled_dot_product_attention(q.forward(x), x, x, mask) + functional.scaled_dot_product_attention(x, x, x, other)
                    + functional.scaled_dot_product_attention(x, x, x, like) + functional.scaled_dot_product_attention(x, x, x, is_casual: true)
                    + functional.scaled_dot_product_attention(x, x, x, Causal(x)) + functional.scaled_dot_product_attention(x, x, x);
                
                static Tensor Causal(Tensor like) => full(like.shape[1], like.shape[1], -1e9f, device: like.device).triu(1);
            }
        }
        """,
        // A causal mask and a bias of the input's.
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                var n = x.shape[1];
                var mask = zeros(n, n).masked_fill(ones(n, n).triu(1).to(ScalarType.Bool), -1e9) + q.forward(x).sum(-1, keepdim: true);
                return functional.scaled_dot_product_attention(x, x, x, mask);
            }
        }
        """,
        // What the caller's mask contains isn't known; a mask of truth values, of a small number, of infinity.
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                var small = zeros_like(attention).masked_fill(attention.eq(0), -1e4);
                var infinite = zeros_like(attention).masked_fill(attention.eq(0), double.NegativeInfinity);
                return functional.scaled_dot_product_attention(x, x, x, attention) + functional.scaled_dot_product_attention(x, x, x, attention.eq(1))
                    + functional.scaled_dot_product_attention(x, x, x, small) + functional.scaled_dot_product_attention(x, x, x, infinite);
            }
        }
        """,
        // Without gradients.
        """
        public sealed class Attention : Module<Tensor, Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x, Tensor attention)
            {
                using var _ = no_grad();
                var mask = zeros_like(attention).masked_fill(attention.eq(0), finfo(x.dtype).min);
                return functional.scaled_dot_product_attention(x, x, x, mask);
            }
        }
        """,
        // By elementary operations, or by a method of another class.
        """
        public static class Own
        {
            public static Tensor Attend(Tensor x, Tensor seen)
            {
                var mask = zeros_like(seen).masked_fill(seen.eq(0), finfo(x.dtype).min);
                return scaled_dot_product_attention(x, x, x, mask);
            }

            private static Tensor scaled_dot_product_attention(Tensor q, Tensor k, Tensor v, Tensor mask) => q.matmul(k.mT).add(mask).softmax(-1).matmul(v);
        }
        """,
    ];
}
