namespace LoraGen.Torch.Tests.Views;

/// <summary>Parts of tensors, and tensors of parts.</summary>
public sealed class IndexTests
{
    private static readonly Numbers X = Numbers.Some(1, 2, 3, 4);

    [Semantics("Tensor.narrow", "Tensor.select", "Tensor.get_TensorItems", "Tensor.chunk")]
    [Fact]
    public void Parts_are_taken_from_their_dimension()
    {
        var tensor = X.ToTensor(ScalarType.Float64);
        ExpectNumbers.Same(Numbers.Of([2, 3, 2], i => X[i[0], i[1], i[2] + 1]), tensor.narrow(2, 1, 2));
        ExpectNumbers.Same(Numbers.Of([2, 2, 4], i => X[i[0], i[1] + 1, i[2]]), tensor.narrow(1, 1, 2));
        ExpectNumbers.Same(Numbers.Of([2, 4], i => X[i[0], 2, i[1]]), tensor.select(1, 2));
        ExpectNumbers.Same(Numbers.Of([3, 4], i => X[1, i[0], i[1]]), tensor[1]);
        ExpectNumbers.Same(Numbers.Of([4], i => X[0, 2, i[0]]), tensor[0, -1]);
        ExpectNumbers.Same(Numbers.Of([2, 3, 4], i => X[1 - i[0], i[1], i[2]]), tensor[torch.tensor(new long[] { 1, 0 })]);

        var halves = tensor.chunk(2, -1);
        Assert.Equal(2, halves.Length);
        ExpectNumbers.Same(Numbers.Of([2, 3, 2], i => X[i]), halves[0]);
        ExpectNumbers.Same(Numbers.Of([2, 3, 2], i => X[i[0], i[1], i[2] + 2]), halves[1]);
        Assert.Equal([2, 1], tensor.chunk(2, 1).Select(part => part.shape[1]));
    }

    [Semantics("Tensor.index_select", "Tensor.repeat_interleave", "torch.cat")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Rows_are_chosen_repeated_and_joined(ScalarType type)
    {
        var tensor = X.ToTensor(type);
        var x = Numbers.Of(tensor);
        long[] chosen = [2, 0, 2];
        ExpectNumbers.Same(Numbers.Of([2, 3, 4], i => x[i[0], chosen[i[1]], i[2]]), tensor.index_select(1, torch.tensor(chosen)));
        ExpectNumbers.Same(Numbers.Of([2, 6, 4], i => x[i[0], i[1] / 2, i[2]]), tensor.repeat_interleave(2, dim: 1));
        ExpectNumbers.Same(Numbers.Of([4, 3, 4], i => x[i[0] / 2, i[1], i[2]]), tensor.repeat_interleave(2, dim: 0));

        var other = Numbers.Some(2, 2, 1, 4).ToTensor(type);
        var y = Numbers.Of(other);
        ExpectNumbers.Same(Numbers.Of([2, 4, 4], i => i[1] < 3 ? x[i] : y[i[0], 0, i[2]]), cat([tensor, other], 1));
        Tensor[] both = [tensor, other];
        ExpectNumbers.Same(Numbers.Of(cat([tensor, other], 1)), cat(both, 1));
        ExpectNumbers.Same(Numbers.Of([2, 4, 4], i => i[1] < 1 ? y[i[0], 0, i[2]] : x[i[0], i[1] - 1, i[2]]), cat([other, tensor], -2));
    }

    // What the scales of quantised blocks are read by.
    [Semantics("Tensor.index_select", "Tensor.repeat_interleave")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Rows_are_chosen_by_an_int32_and_elements_repeated_where_they_are(ScalarType type)
    {
        var table = Numbers.Some(4, 4).ToTensor(type);
        var x = Numbers.Of(table);
        int[] chosen = [3, 0, 3, 1, 2];
        ExpectNumbers.Same(Numbers.Of([5], i => x[chosen[i[0]]]), table.index_select(0, torch.tensor(chosen)));
        ExpectNumbers.Same(Numbers.Of([10], i => x[(i[0] + 1) / 3]), table.repeat_interleave(3).narrow(0, 1, 10));
    }

    [Semantics("torch.triu_indices")]
    [Fact]
    public void Indices_above_the_diagonal_are_those_of_each_row_in_turn()
    {
        var indices = triu_indices(4, 4, 1, device: CPU);
        Assert.Equal(ScalarType.Int64, indices.dtype);
        Assert.Equal([2, 6], indices.shape);
        Assert.Equal([0, 0, 0, 1, 1, 2, 1, 2, 3, 2, 3, 3], indices.data<long>().ToArray());
        Assert.Equal([2, 0], triu_indices(1, 1, 1, device: CPU).shape);
    }

    [Semantics("Tensor.scatter")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Scattered_numbers_go_to_their_places_of_each_row(ScalarType type)
    {
        var (all, some) = (Numbers.Some(1, 2, 4).ToTensor(type), Numbers.Some(2, 2, 2).ToTensor(type));
        var (x, y) = (Numbers.Of(all), Numbers.Of(some));
        var places = torch.tensor(new long[] { 3, 1 }).expand(2, 2);
        ExpectNumbers.Same(Numbers.Of([2, 4], i => i[1] % 2 == 0 ? x[i] : y[i[0], i[1] == 3 ? 0 : 1]), all.scatter(1, places, some));
        ExpectNumbers.Same(x, all);
        Gradient.IsRight(z => z[0].scatter(1, places, z[1]), Numbers.Some(1, 2, 4), Numbers.Some(2, 2, 2));
    }

    // Its gradient doesn't read what was scattered, which may have other values by then.
    [Fact]
    public void Scattered_numbers_may_change_before_the_backward_pass()
    {
        var numbers = ones([2, 2]).requires_grad_();
        var scattered = zeros([2, 3]).scatter(1, torch.tensor(new long[] { 2, 0 }).expand(2, 2), numbers);
        using (no_grad())
            numbers.mul_(5);
        (scattered * torch.tensor(new float[] { 1, 2, 3 })).sum().backward();
        ExpectNumbers.Same(Numbers.Of([2, 2], i => i[1] == 0 ? 3 : 1), numbers.grad!);
    }

    [Semantics("Tensor.flip")]
    [Fact]
    public void A_flipped_dimension_is_read_backwards()
    {
        ExpectNumbers.Same(Numbers.Of([2, 3, 4], i => X[i[0], 2 - i[1], i[2]]), X.ToTensor(ScalarType.Float64).flip(1));
    }

    [Semantics("torch.stack")]
    [Fact]
    public void Stacked_tensors_are_in_a_new_first_dimension()
    {
        var tensor = X.ToTensor(ScalarType.Float64);
        IEnumerable<Tensor> parts = [tensor[1], tensor[0]];
        ExpectNumbers.Same(Numbers.Of([2, X.Shape[1], X.Shape[2]], i => X[1 - i[0], i[1], i[2]]), stack(parts));
        IEnumerable<Tensor> flags = [torch.tensor(true), torch.tensor(false)];
        Assert.Equal([true, false], stack(flags).data<bool>().ToArray());
    }

    [Semantics("torch.searchsorted", "Tensor.dim")]
    [Fact]
    public void Numbers_are_found_before_the_first_that_is_not_less()
    {
        var sorted = torch.tensor(new long[] { 1, 4, 9 });
        var found = searchsorted(sorted, torch.tensor(new long[] { 0, 1, 2, 4, 9, 12 }));
        Assert.Equal([0, 0, 1, 1, 2, 3], found.data<long>().ToArray());
        Assert.Equal(1, found.dim());
        Assert.Equal(3, X.ToTensor(ScalarType.Float64).dim());
        Assert.Equal(0, torch.tensor(1.0).dim());
    }

    [Fact]
    public void Gradients_of_parts_and_of_what_is_taken_twice_add_up()
    {
        Gradient.IsRight(x => x[0].narrow(2, 1, 2), X);
        Gradient.IsRight(x => x[0].select(1, 2), X);
        Gradient.IsRight(x => x[0][0, -1], X);
        Gradient.IsRight(x => x[0][tensor(new long[] { 1, 1 })], X);
        Gradient.IsRight(x => x[0].chunk(2, -1)[1], X);
        Gradient.IsRight(x => x[0].index_select(1, tensor(new long[] { 2, 0, 2 })), X);
        Gradient.IsRight(x => x[0].repeat_interleave(2, dim: 1), X);
        Gradient.IsRight(x => cat([x[0], x[1], x[0]], 1), X, Numbers.Some(2, 2, 1, 4));
    }
}
