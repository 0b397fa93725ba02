namespace LoraGen.Torch.Tests.Views;

/// <summary>The same elements in other shapes.</summary>
public sealed class ShapeTests
{
    private static readonly Numbers X = Numbers.Some(1, 2, 3, 4);
    private static readonly Numbers Square = Numbers.Some(2, 3, 3, 3);

    [Semantics("Tensor.view", "Tensor.reshape", "Tensor.flatten", "Tensor.unsqueeze")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Shapes_change_and_the_order_in_memory_stays(ScalarType type)
    {
        var tensor = X.ToTensor(type);
        var x = Numbers.Of(tensor);
        InOrder([4, 6], tensor.view(4, 6));
        InOrder([2, 12], tensor.view(2, -1));
        InOrder([6, 4], tensor.reshape(-1, 4));
        InOrder([24], tensor.flatten());
        InOrder([6, 4], tensor.flatten(0, 1));
        InOrder([2, 12], tensor.flatten(1));
        InOrder([2, 1, 3, 4], tensor.unsqueeze(1));
        InOrder([2, 3, 4, 1], tensor.unsqueeze(-1));
        ExpectNumbers.Same(Numbers.Of([8, 3], i => x[i[0] / 4, i[1], i[0] % 4]), tensor.transpose(1, 2).reshape(8, 3));

        void InOrder(long[] shape, Tensor actual)
        {
            Assert.Equal(shape, actual.shape);
            Assert.Equal(x.Values, Numbers.Of(actual).Values);
        }
    }

    [Semantics("Tensor.transpose", "Tensor.permute", "Tensor.t")]
    [Fact]
    public void Dimensions_trade_places()
    {
        foreach (var x in new[] { X, Square })
        {
            var (a, b, c) = (x.Shape[0], x.Shape[1], x.Shape[2]);
            var tensor = x.ToTensor(ScalarType.Float64);
            ExpectNumbers.Same(Numbers.Of([a, c, b], i => x[i[0], i[2], i[1]]), tensor.transpose(1, 2));
            ExpectNumbers.Same(Numbers.Of([a, c, b], i => x[i[0], i[2], i[1]]), tensor.transpose(-2, -1));
            ExpectNumbers.Same(Numbers.Of([c, a, b], i => x[i[1], i[2], i[0]]), tensor.permute(2, 0, 1));
            ExpectNumbers.Same(Numbers.Of([c, b], i => x[0, i[1], i[0]]), tensor[0].t());
        }
    }

    [Semantics("Tensor.diagonal", "Tensor.expand", "Tensor.tril")]
    [Fact]
    public void Diagonal_expand_and_tril_are_those_of_their_definitions()
    {
        foreach (var x in new[] { Numbers.Some(1, 2, 3, 2, 4), Numbers.Some(2, 3, 3, 3, 3) })
        {
            var tensor = x.ToTensor(ScalarType.Float64);
            ExpectNumbers.Same(Numbers.Of([x.Shape[1], x.Shape[3], x.Shape[0]], i => x[i[2], i[0], i[2], i[1]]), tensor.diagonal(0, 0, 2));
        }

        var row = Numbers.Some(3, 1, 3, 1);
        ExpectNumbers.Same(Numbers.Of([3, 3, 3], i => row[0, i[1], 0]), row.ToTensor(ScalarType.Float64).expand(3, 3, 3));
        foreach (var diagonal in new long[] { -1, 0, 2 })
        {
            ExpectNumbers.Same(Numbers.Of([3, 5], i => i[1] <= i[0] + diagonal ? 1 : 0), ones([3, 5], ScalarType.Bool).tril(diagonal));
            ExpectNumbers.Same(Numbers.Of([3, 3], i => i[1] <= i[0] + diagonal ? 1 : 0), ones([3, 3]).tril(diagonal));
        }
    }

    [Fact]
    public void Views_share_their_memory()
    {
        var x = zeros(2, 2, 2);
        Tensor[] views = [x.view(-1), x.reshape(4, 2), x.flatten(), x.transpose(0, 1), x.permute(2, 0, 1), x.unsqueeze(0), x.narrow(0, 0, 1), x.select(1, 0), x[0]];
        x.add_(ones(1));
        Assert.All(views, view => Assert.All(Numbers.Of(view).Values, value => Assert.Equal(1, value)));
    }

    [Fact]
    public void Gradients_go_back_to_their_places()
    {
        Gradient.IsRight(x => x[0].view(4, 6), X);
        Gradient.IsRight(x => x[0].transpose(1, 2).reshape(8, 3), X);
        Gradient.IsRight(x => x[0].permute(2, 0, 1).flatten(1), X);
        Gradient.IsRight(x => x[0].diagonal(0, 0, 2), Numbers.Some(1, 3, 2, 3));
        Gradient.IsRight(x => x[0].expand(3, 3, 3), Numbers.Some(1, 1, 3, 1));
        Gradient.IsRight(x => x[0].t(), Numbers.Some(1, 3, 3));
        Gradient.IsRight(x => x[0].tril(0), Numbers.Some(1, 3, 3));
    }
}
