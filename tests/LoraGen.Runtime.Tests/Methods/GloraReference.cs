using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>GLoRA of one layer and its training by gradient descent, written from the paper in float64 without tensors.</summary>
internal sealed class GloraReference
{
    private readonly Dictionary<string, double[,]> _parts;
    private readonly double[,] _weight;
    private readonly double[,] _bias;

    public GloraReference(Site site)
    {
        _parts = site.Own.Specs.ToDictionary(spec => spec.Name, spec => Numbers(site[spec.Name].view(spec.Shape[0], -1)));
        _weight = Numbers(site.Layer.Weight!);
        _bias = Numbers(site.Layer.Bias!.view(-1, 1));
    }

    public double[,] this[string name] => _parts[name];

    public static double[,] Numbers(Tensor tensor)
    {
        var numbers = tensor.detach().cpu().contiguous().data<double>().ToArray();
        var columns = (int)tensor.shape[1];
        return Matrix((int)tensor.shape[0], columns, (i, j) => numbers[(i * columns) + j]);
    }

    /// <summary>One step; the loss before it.</summary>
    public double Step(double[,] x, double[,] target, double rate)
    {
        var (outputs, inputs, tokens) = (_weight.GetLength(0), _weight.GetLength(1), x.GetLength(0));
        double[,] a = Part("A", outputs, inputs), b = Part("B", outputs, inputs), c = Part("C", inputs, 1),
            d = Part("D", outputs, 1), e = Part("E", outputs, 1);
        var weight = Matrix(outputs, inputs, (i, j) => _weight[i, j] + (_weight[i, j] * a[i, j]) + b[i, j]);
        var bias = Matrix(outputs, 1, (i, _) => _bias[i, 0] + (_bias[i, 0] * d[i, 0]) + e[i, 0] + Sum(inputs, k => _weight[i, k] * c[k, 0]));
        var difference = Matrix(tokens, outputs, (t, i) => Sum(inputs, k => x[t, k] * weight[i, k]) + bias[i, 0] - target[t, i]);
        var loss = Sum(tokens, t => Sum(outputs, i => difference[t, i] * difference[t, i])) / target.Length;

        var ofWeight = Matrix(outputs, inputs, (i, j) => Sum(tokens, t => 2 * difference[t, i] * x[t, j]) / target.Length);
        var ofBias = Matrix(outputs, 1, (i, _) => Sum(tokens, t => 2 * difference[t, i]) / target.Length);
        Descend("A", Matrix(outputs, inputs, (i, j) => ofWeight[i, j] * _weight[i, j]), rate);
        Descend("B", ofWeight, rate);
        Descend("C", Matrix(inputs, 1, (k, _) => Sum(outputs, i => ofBias[i, 0] * _weight[i, k])), rate);
        Descend("D", Matrix(outputs, 1, (i, _) => ofBias[i, 0] * _bias[i, 0]), rate);
        Descend("E", ofBias, rate);
        return loss;
    }

    // The whole part, from its factors, its vector or its constant.
    private double[,] Part(string name, int rows, int columns)
    {
        if (_parts.TryGetValue($"Left{name}", out var left))
            return Matrix(rows, columns, (i, j) => Sum(left.GetLength(1), k => left[i, k] * _parts[$"Right{name}"][k, j]));

        return _parts.TryGetValue(name, out var own) ? Matrix(rows, columns, (i, _) => own[own.GetLength(0) == 1 ? 0 : i, 0]) : new double[rows, columns];
    }

    private void Descend(string name, double[,] gradient, double rate)
    {
        var (rows, columns) = (gradient.GetLength(0), gradient.GetLength(1));
        if (_parts.TryGetValue($"Left{name}", out var left))
        {
            var right = _parts[$"Right{name}"];
            var rank = left.GetLength(1);
            _parts[$"Left{name}"] = Matrix(rows, rank, (i, k) => left[i, k] - (rate * Sum(columns, j => gradient[i, j] * right[k, j])));
            _parts[$"Right{name}"] = Matrix(rank, columns, (k, j) => right[k, j] - (rate * Sum(rows, i => gradient[i, j] * left[i, k])));
        }
        else if (_parts.TryGetValue(name, out var own))
        {
            _parts[name] = own.GetLength(0) == 1
                ? Matrix(1, 1, (_, _) => own[0, 0] - (rate * Sum(rows, i => Sum(columns, j => gradient[i, j]))))
                : Matrix(rows, 1, (i, _) => own[i, 0] - (rate * Sum(columns, j => gradient[i, j])));
        }
    }

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    private static double[,] Matrix(int rows, int columns, Func<int, int, double> element)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                matrix[i, j] = element(i, j);
        }

        return matrix;
    }
}
