using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>Algorithm 2 of arXiv:2403.03507 (Adam with GaLore) in float64, with AdamW's decoupled decay of the whole weight.</summary>
internal sealed class GaLoreReference(double[,] weight, int rank, int interval, double scale, double rate, double decay = 0)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private double[,] _projection = new double[0, 0];
    private double[,]? _first;
    private double[,]? _second;
    private int _steps;

    public double[,] Weight { get; set; } = weight;

    public void Step(double[,] gradient)
    {
        var isLeft = gradient.GetLength(0) <= gradient.GetLength(1);
        if (_steps % interval == 0)
            _projection = Singular(gradient, isLeft);
        _steps++;

        var small = isLeft ? _projection.Transposed().Times(gradient) : gradient.Times(_projection);
        _first = (_first ?? small.Map(_ => 0)).Zip(small, (m, r) => (Beta1 * m) + ((1 - Beta1) * r));
        _second = (_second ?? small.Map(_ => 0)).Zip(small, (v, r) => (Beta2 * v) + ((1 - Beta2) * r * r));
        var normed = _first.Map(m => m / (1 - Math.Pow(Beta1, _steps)))
            .Zip(_second.Map(v => v / (1 - Math.Pow(Beta2, _steps))), (m, v) => m / (Math.Sqrt(v) + Epsilon));
        var full = isLeft ? _projection.Times(normed) : normed.Times(_projection.Transposed());
        Weight = Weight.Zip(full, (w, g) => (w * (1 - (rate * decay))) - (rate * scale * g));
    }

    // U[:, :r], or V[:, :r]: the signs of singular vectors are the decomposition's choice, so it is the same one.
    private double[,] Singular(double[,] gradient, bool isLeft)
    {
        var (u, _, vh) = linalg.svd(gradient.ToTensor(), fullMatrices: false);
        var vectors = Matrix.Of(isLeft ? u : vh.t());
        return Matrix.Of(vectors.GetLength(0), rank, (i, j) => vectors[i, j]);
    }
}
