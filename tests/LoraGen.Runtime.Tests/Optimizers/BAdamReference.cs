namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>Algorithm 1 of arXiv:2404.02827 in float64: the blocks in turn, each for K steps of Adam that begin without moments.</summary>
internal sealed class BAdamReference(IReadOnlyList<double[,]> parameters, IReadOnlyList<int[]> blocks, int interval, double rate, double decay = 0)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private readonly Dictionary<int, (double[,] First, double[,] Second)> _moments = [];
    private readonly double[][,] _parameters = [.. parameters];
    private int _step;

    public IReadOnlyList<double[,]> Parameters => _parameters;

    /// <summary>One step of Adam on the block.</summary>
    /// <param name="block">The active block.</param>
    /// <param name="gradientOf">The gradient for a parameter at the present values.</param>
    public void Step(int block, Func<IReadOnlyList<double[,]>, int, double[,]> gradientOf)
    {
        if (_step % interval == 0)
            _moments.Clear();
        var k = (_step++ % interval) + 1;
        var gradients = blocks[block].ToDictionary(index => index, index => gradientOf(_parameters, index));
        foreach (var (index, gradient) in gradients)
        {
            var (first, second) = _moments.GetValueOrDefault(index, (gradient.Map(_ => 0), gradient.Map(_ => 0)));
            first = first.Zip(gradient, (m, g) => (Beta1 * m) + ((1 - Beta1) * g));
            second = second.Zip(gradient, (v, g) => (Beta2 * v) + ((1 - Beta2) * g * g));
            _moments[index] = (first, second);
            var direction = first.Zip(second, (m, v) =>
                m / (1 - Math.Pow(Beta1, k)) / (Math.Sqrt(v / (1 - Math.Pow(Beta2, k))) + Epsilon));
            _parameters[index] = _parameters[index].Zip(direction, (w, d) => (w * (1 - (rate * decay))) - (rate * d));
        }
    }
}
