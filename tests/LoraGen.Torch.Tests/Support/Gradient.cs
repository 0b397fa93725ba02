namespace LoraGen.Torch.Tests.Support;

/// <summary>Gradients against differences of what the operation itself computes, whose values other tests hold against a definition.</summary>
internal static class Gradient
{
    private const double Step = 1e-6;

    /// <summary>The gradient with respect to each input of a weighted sum of the outputs, in float64.</summary>
    public static void IsRight(Func<Tensor[], Tensor> operation, params Numbers[] inputs)
    {
        using var scope = NewDisposeScope();
        var leaves = inputs.Select(input => input.ToTensor(ScalarType.Float64).requires_grad_()).ToArray();
        var output = operation(leaves);
        var weights = Numbers.Some(99, output.shape);
        (output * weights.ToTensor(ScalarType.Float64)).sum().backward();

        for (var which = 0; which < inputs.Length; which++)
        {
            var input = inputs[which];
            var slope = Numbers.Of(input.Shape, index => (Loss(which, index, Step) - Loss(which, index, -Step)) / (2 * Step));
            ExpectNumbers.Close(slope, leaves[which].grad!, 1e-6);
        }

        double Loss(int which, long[] index, double step)
        {
            using var inner = NewDisposeScope();
            using var noGrad = no_grad();
            var moved = inputs.Select((input, i) => Moved(input, i == which ? index : null, step).ToTensor(ScalarType.Float64)).ToArray();
            return Numbers.Of(operation(moved)).Values.Zip(weights.Values, (value, weight) => value * weight).Sum();
        }
    }

    private static Numbers Moved(Numbers input, long[]? index, double step)
    {
        var moved = input.Map(value => value);
        if (index is not null)
            moved[index] += step;
        return moved;
    }
}
