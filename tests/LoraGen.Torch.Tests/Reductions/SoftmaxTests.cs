using static TorchSharp.torch.nn;

namespace LoraGen.Torch.Tests.Reductions;

public sealed class SoftmaxTests
{
    [Semantics("Tensor.softmax", "functional.softmax")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Softmax_divides_exponentials_by_their_sum(ScalarType type)
    {
        foreach (var shape in new long[][] { [3, 3], [2, 4] })
        {
            var tensor = Numbers.Some(1, shape).ToTensor(type);
            var x = Numbers.Of(tensor);
            var byRow = Numbers.Of(shape, i => Math.Exp(x[i]) / Numbers.Sum(shape[1], k => Math.Exp(x[i[0], k])));
            var byColumn = Numbers.Of(shape, i => Math.Exp(x[i]) / Numbers.Sum(shape[0], k => Math.Exp(x[k, i[1]])));
            ExpectNumbers.Close(byRow, tensor.softmax(-1));
            ExpectNumbers.Close(byRow, functional.softmax(tensor, 1));
            ExpectNumbers.Close(byColumn, tensor.softmax(0));
            ExpectNumbers.Close(byColumn, functional.softmax(tensor, 0));
        }
    }

    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Softmax_of_a_row_of_lowest_numbers_is_even_and_of_one_hidden_place_is_zero_there(ScalarType type)
    {
        var lowest = finfo(type).min;
        ExpectNumbers.Close(Numbers.Of([4], _ => 0.25), full(4, 1, lowest, dtype: type).view(4).softmax(-1));
        ExpectNumbers.Close(Numbers.Of([3], i => i[0] == 1 ? 0 : 0.5), tensor(new[] { 0, lowest, 0 }).to(type).softmax(-1));
    }

    [Semantics("functional.cross_entropy")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Cross_entropy_is_the_mean_of_the_negative_logarithms_of_what_the_targets_got(ScalarType type)
    {
        foreach (var classes in new long[] { 3, 4 })
        {
            long[] targets = [1, 0, 2];
            var logits = Numbers.Some(1, 3, classes);
            var losses = targets.Select((target, row) => Math.Log(Numbers.Sum(classes, k => Math.Exp(logits[row, k]))) - logits[row, target]).ToArray();
            ExpectNumbers.Close(Numbers.Of([], _ => losses.Average()), functional.cross_entropy(logits.ToTensor(type), tensor(targets)));
            ExpectNumbers.Close(
                Numbers.Of([], _ => (losses[0] + losses[2]) / 2), functional.cross_entropy(logits.ToTensor(type), tensor(new long[] { 1, -100, 2 })));
        }
    }

    [Semantics("functional.one_hot")]
    [Fact]
    public void One_hot_is_one_at_the_class()
    {
        long[] classes = [2, 0, 2];
        var encoded = functional.one_hot(tensor(classes), 4);
        Assert.Equal(ScalarType.Int64, encoded.dtype);
        ExpectNumbers.Same(Numbers.Of([3, 4], i => classes[i[0]] == i[1] ? 1 : 0), encoded);
    }

    [Fact]
    public void Gradients_of_softmax_and_cross_entropy_are_right()
    {
        var input = Numbers.Some(1, 3, 3);
        Gradient.IsRight(x => x[0].softmax(-1), input);
        Gradient.IsRight(x => functional.softmax(x[0], 0), input);
        Gradient.IsRight(x => functional.cross_entropy(x[0], tensor(new long[] { 1, 0, 2 })), input);
        Gradient.IsRight(x => functional.cross_entropy(x[0], tensor(new long[] { 1, -100, 2 })), input);
    }
}
