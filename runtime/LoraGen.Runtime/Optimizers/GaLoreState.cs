using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>The projection and the projected moments of a matrix.</summary>
internal sealed class GaLoreState : AdamState
{
    private readonly StateTensor _projection = new();
    private readonly long _rank;

    public GaLoreState(Parameter matrix, int rank, MomentPrecision precision)
        : base(matrix, IsLeft(matrix) ? [rank, matrix.shape[1]] : [matrix.shape[0], rank], precision)
    {
        _rank = rank;
    }

    protected override IReadOnlyList<(StateTensor Tensor, long[] Shape)> Others => [(_projection, [Shape.Min(), _rank])];

    public override void Update(AdamOptions options)
    {
        if (_parameter.grad is not { } stored)
            return;

        var own = (GaLoreOptions)options;
        var gradient = stored.to(Type);
        var rate = options.LearningRate!.Value;
        if (Steps % own.UpdateInterval == 0 || _projection.Value is null)
            _projection.Set(Vectors(gradient));
        var projection = _projection.Value!;
        var isLeft = IsLeft(_parameter);
        var normed = Direction(isLeft ? projection.t().matmul(gradient) : gradient.matmul(projection), options);
        var change = isLeft ? projection.matmul(normed) : normed.matmul(projection.t());
        WeightChange.Apply(_parameter, change, rate * own.Scale, rate * options.WeightDecay!.Value);
    }

    // The side whose singular vectors are shorter.
    private static bool IsLeft(Tensor matrix) => matrix.shape[0] <= matrix.shape[1];

    // [m, r] of the left ones or [n, r] of the right ones, of the largest singular values.
    private Tensor Vectors(Tensor gradient)
    {
        if (!gradient.isfinite().all().item<bool>())
        {
            throw new InvalidOperationException(
                $"The gradient of a parameter of shape [{string.Join(", ", _parameter.shape)}] is not finite, so GaLore can't compute its projection. Find the "
                + "operation that overflows or divides by zero, or skip the step: call zero_grad().");
        }

        var (u, _, vh) = linalg.svd(gradient, fullMatrices: false);
        return (IsLeft(gradient) ? u : vh.t()).narrow(1, 0, _rank).clone().contiguous();
    }
}
