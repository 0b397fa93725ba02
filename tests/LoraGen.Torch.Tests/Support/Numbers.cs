using System.Runtime.InteropServices;

namespace LoraGen.Torch.Tests.Support;

/// <summary>An array of numbers over any dimensions, for definitions that are written as loops.</summary>
internal sealed class Numbers
{
    private readonly double[] _values;

    private Numbers(long[] shape, double[] values) => (Shape, _values) = (shape, values);

    public long[] Shape { get; }

    public IReadOnlyList<double> Values => _values;

    public double this[params long[] index]
    {
        get => _values[Offset(index)];
        set => _values[Offset(index)] = value;
    }

    /// <summary>Each element from its index.</summary>
    public static Numbers Of(long[] shape, Func<long[], double> element) => new(shape, [.. Indices(shape).Select(element)]);

    public static Numbers Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var bytes = tensor.to(ScalarType.Float64).contiguous().bytes;
        return new Numbers(tensor.shape, MemoryMarshal.Cast<byte, double>(bytes).ToArray());
    }

    /// <summary>The same numbers for the same seed, between -2 and 2 and no two the same.</summary>
    public static Numbers Some(int seed, params long[] shape)
    {
        var random = new Random(seed);
        return Of(shape, _ => (4 * random.NextDouble()) - 2);
    }

    /// <summary>All indices in the order in which memory holds them.</summary>
    public static IEnumerable<long[]> Indices(params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        for (long number = 0; number < count; number++)
        {
            var index = new long[shape.Length];
            var rest = number;
            for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
            {
                index[dimension] = rest % shape[dimension];
                rest /= shape[dimension];
            }

            yield return index;
        }
    }

    public static double Sum(long count, Func<long, double> term)
    {
        var sum = 0.0;
        for (long i = 0; i < count; i++)
            sum += term(i);
        return sum;
    }

    public Numbers Map(Func<double, double> function) => new(Shape, [.. _values.Select(function)]);

    public Tensor ToTensor(ScalarType type) => tensor(_values, Shape).to(type);

    private long Offset(long[] index)
    {
        Assert.Equal(Shape.Length, index.Length);
        long offset = 0;
        for (var dimension = 0; dimension < index.Length; dimension++)
        {
            Assert.InRange(index[dimension], 0, Shape[dimension] - 1);
            offset = (offset * Shape[dimension]) + index[dimension];
        }

        return offset;
    }
}
