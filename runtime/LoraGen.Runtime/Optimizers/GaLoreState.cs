using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>The projection and the moments of a parameter: projected ones for a matrix, AdamW's if there is no rank.</summary>
internal sealed class GaLoreState : AdamState
{
    private readonly StateTensor _projection = new();
    private readonly long? _rank;

    public GaLoreState(Parameter parameter, int? rank)
        : base(parameter)
    {
        _rank = parameter.shape.Length == 2 ? rank : null;
    }

    protected override long[] MomentShape
    {
        get
        {
            var shape = _parameter.shape;
            return _rank is not { } rank ? shape : IsLeft ? [rank, shape[1]] : [shape[0], rank];
        }
    }

    protected override IReadOnlyList<(StateTensor Tensor, long[] Shape)> Others
    {
        get => _rank is { } rank ? [(_projection, [_parameter.shape.Min(), rank])] : [];
    }

    // The side whose singular vectors are shorter.
    private bool IsLeft => _parameter.shape[0] <= _parameter.shape[1];

    /// <summary>Changes the parameter, if it has a gradient.</summary>
    public void Update(GaLoreOptions options)
    {
        if (_parameter.grad is not { } stored)
            return;

        var gradient = stored.to(Type);
        var rate = options.LearningRate!.Value;
        var decay = rate * options.WeightDecay!.Value;
        if (_rank is not { } rank)
        {
            WeightChange.Apply(_parameter, Direction(gradient, options), rate, decay);
            return;
        }

        if (Steps % options.UpdateInterval == 0 || _projection.Value is null)
            _projection.Set(Vectors(gradient, rank));
        var projection = _projection.Value!;
        var small = IsLeft ? projection.t().matmul(gradient) : gradient.matmul(projection);
        var normed = Direction(small, options);
        WeightChange.Apply(_parameter, IsLeft ? projection.matmul(normed) : normed.matmul(projection.t()), rate * options.Scale, decay);
    }

    // [m, r] of the left ones or [n, r] of the right ones, of the largest singular values.
    private Tensor Vectors(Tensor gradient, long rank)
    {
        if (!gradient.isfinite().all().item<bool>())
        {
            throw new InvalidOperationException(
                $"The gradient of a parameter of shape [{string.Join(", ", _parameter.shape)}] is not finite, so GaLore can't compute its projection. Find the "
                + "operation that overflows or divides by zero, or skip the step: call zero_grad().");
        }

        var (u, _, vh) = linalg.svd(gradient, fullMatrices: false);
        return (IsLeft ? u : vh.t()).narrow(1, 0, rank).clone().contiguous();
    }
}
