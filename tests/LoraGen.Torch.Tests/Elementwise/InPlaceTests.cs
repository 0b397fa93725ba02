namespace LoraGen.Torch.Tests.Elementwise;

/// <summary>What is computed in place, and the other operations of optimizer steps.</summary>
public sealed class InPlaceTests
{
    [Semantics("Tensor.abs_", "Tensor.add_", "Tensor.mul_", "Tensor.fill_", "Tensor.zero_")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void The_tensor_itself_has_the_result(ScalarType type)
    {
        var (some, other) = (Numbers.Some(1, 2, 3), Numbers.Some(2, 2, 3));
        var tensor = some.ToTensor(type);
        tensor.abs_();
        ExpectNumbers.Close(some.Map(Math.Abs), tensor);
        tensor = some.ToTensor(type);
        tensor.add_(other.ToTensor(type), alpha: 0.25);
        ExpectNumbers.Close(Numbers.Of([2, 3], i => some[i] + (0.25 * other[i])), tensor);
        tensor = some.ToTensor(type);
        tensor.mul_(other.ToTensor(type));
        ExpectNumbers.Close(Numbers.Of([2, 3], i => some[i] * other[i]), tensor);
        tensor.fill_(3);
        ExpectNumbers.Same(Numbers.Of([2, 3], _ => 3), tensor);
        tensor.zero_();
        ExpectNumbers.Same(Numbers.Of([2, 3], _ => 0), tensor);
    }

    [Semantics("Tensor.index_copy_", "Tensor.index_copy")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Rows_and_columns_are_copied_to_their_places(ScalarType type)
    {
        var (some, rows, columns) = (Numbers.Some(1, 3, 3), Numbers.Some(2, 2, 3), Numbers.Some(3, 3, 2));
        var places = tensor(new long[] { 2, 0 });
        var byRow = some.ToTensor(type);
        byRow.index_copy_(0, places, rows.ToTensor(type));
        ExpectNumbers.Close(Numbers.Of([3, 3], i => i[0] == 1 ? some[i] : rows[i[0] == 2 ? 0 : 1, i[1]]), byRow);
        var copied = some.ToTensor(type);
        ExpectNumbers.Close(
            Numbers.Of([3, 3], i => i[1] == 1 ? some[i] : columns[i[0], i[1] == 2 ? 0 : 1]), copied.index_copy(-1, places, columns.ToTensor(type)));
        ExpectNumbers.Close(Numbers.Of([3, 3], i => i[0] == 1 ? some[i] : rows[i[0] == 2 ? 0 : 1, i[1]]), copied.index_copy(0, places, rows.ToTensor(type)));
        ExpectNumbers.Close(some, copied);
        var byColumn = some.ToTensor(type);
        byColumn.index_copy_(1, places, columns.ToTensor(type));
        ExpectNumbers.Close(Numbers.Of([3, 3], i => i[1] == 1 ? some[i] : columns[i[0], i[1] == 2 ? 0 : 1]), byColumn);
    }

    [Semantics("torch.cat", "torch.eye")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Tensors_of_an_array_follow_each_other_and_the_identity_has_ones(ScalarType type)
    {
        Numbers[] parts = [Numbers.Some(1, 2), Numbers.Some(2, 1), Numbers.Some(3, 3)];
        Tensor[] tensors = [.. parts.Select(part => part.ToTensor(type))];
        var all = parts.SelectMany(part => part.Values).ToArray();
        ExpectNumbers.Close(Numbers.Of([6], i => all[i[0]]), cat(tensors, 0));
        ExpectNumbers.Same(Numbers.Of([3, 3], i => i[0] == i[1] ? 1 : 0), eye(3, dtype: type, device: CPU));
    }

    [Semantics("linalg.solve")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void The_product_with_the_solution_is_the_right_side(ScalarType type)
    {
        var a = Numbers.Of([3, 3], i => (i[0] == i[1] ? 4 : 0) + Math.Sin((3 * i[0]) + i[1]));
        var b = Numbers.Some(2, 3, 2);
        var x = Numbers.Of(linalg.solve(a.ToTensor(type), b.ToTensor(type)));
        ExpectNumbers.Close(Numbers.Of([3, 2], i => Numbers.Sum(3, k => a[i[0], k] * x[k, i[1]])), b.ToTensor(type), type == ScalarType.Float64 ? 1e-12 : 1e-5);
    }
}
