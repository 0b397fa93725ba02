using Models.Layers;

namespace LoraGen.Torch.Tests.Attention;

/// <summary>Outputs and gradients of attention, in float64 and float32, against loops in float64.</summary>
public sealed class AttentionTests
{
    private static readonly (long Batch, long Heads, long Time, long Size)[] Sizes = [(1, 1, 3, 3), (2, 2, 4, 4), (2, 3, 5, 8), (1, 2, 33, 16)];

    /// <summary>As QuickStart's model does: no row is fully masked, since each token sees itself.</summary>
    [Semantics("functional.scaled_dot_product_attention")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Fused_causal_attention_without_padding_is_right_in_output_and_gradients(ScalarType type)
    {
        foreach (var size in Sizes)
        {
            Is(type, size, (_, from, to) => to <= from ? 0 : double.NegativeInfinity,
                (q, k, v) => nn.functional.scaled_dot_product_attention(q, k, v, is_casual: true));
        }
    }

    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Fused_attention_without_a_mask_is_right_in_output_and_gradients(ScalarType type)
    {
        foreach (var size in Sizes)
            Is(type, size, (_, _, _) => 0, (q, k, v) => nn.functional.scaled_dot_product_attention(q, k, v));
    }

    /// <summary>
    /// The queries of the padding see nothing, and so everything alike: libtorch's fused attention is wrong there. Their gradients are softmax's, which know
    /// nothing of what was rounded away in the sum of a score and the lowest number.
    /// </summary>
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Masked_attention_of_left_padded_rows_is_right_in_output_and_gradients(ScalarType type)
    {
        var lowest = finfo(type).min;
        foreach (var size in Sizes)
        {
            var padding = Numbers.Of([size.Batch, size.Time], i => i[1] < 1 + i[0] ? 0 : 1);
            var mask = CausalMask.Of(zeros([size.Batch, size.Time, 1], type), 0, padding.ToTensor(ScalarType.Int64));
            Is(type, size, (row, from, to) => to <= from && padding[row, to] == 1 ? 0 : lowest, (q, k, v) => MaskedAttention.Of(q, k, v, mask));
        }
    }

    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Masked_attention_of_right_padded_rows_is_right_in_output_and_gradients(ScalarType type)
    {
        var lowest = finfo(type).min;
        foreach (var size in Sizes)
        {
            var padding = Numbers.Of([size.Batch, size.Time], i => i[1] < size.Time - 1 - i[0] ? 1 : 0);
            var mask = zeros([size.Batch, 1, 1, size.Time], type).masked_fill(padding.ToTensor(type).eq(0).unsqueeze(1).unsqueeze(1), lowest);
            Is(type, size, (row, _, to) => padding[row, to] == 1 ? 0 : lowest, (q, k, v) => MaskedAttention.Of(q, k, v, mask));
        }
    }

    private static void Is(
        ScalarType type,
        (long Batch, long Heads, long Time, long Size) size,
        Func<long, long, long, double> mask,
        Func<Tensor, Tensor, Tensor, Tensor> attention)
    {
        using var scope = NewDisposeScope();
        long[] shape = [size.Batch, size.Heads, size.Time, size.Size];
        var leaves = new[] { 1, 2, 3 }.Select(seed => Numbers.Some(seed, shape).ToTensor(type).requires_grad_()).ToArray();
        var reference = new AttentionReference(Numbers.Of(leaves[0]), Numbers.Of(leaves[1]), Numbers.Of(leaves[2]), mask);
        var output = attention(leaves[0], leaves[1], leaves[2]);
        ExpectNumbers.Close(reference.Output(), output);

        var weights = Numbers.Some(4, shape).ToTensor(type);
        (output * weights).sum().backward();
        foreach (var (expected, leaf) in reference.Gradients(Numbers.Of(weights)).Zip(leaves))
            ExpectNumbers.Close(expected, leaf.grad!);
    }
}
