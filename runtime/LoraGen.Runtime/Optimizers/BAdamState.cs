using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>The moments of a parameter of the active block and, of a weight in half precision, its values in float32.</summary>
internal sealed class BAdamState : AdamState
{
    private readonly StateTensor _weight = new();

    public BAdamState(Parameter parameter)
        : base(parameter, parameter.shape, MomentPrecision.Full)
    {
    }

    protected override IReadOnlyList<(StateTensor Tensor, long[] Shape)> Others => IsHalf ? [(_weight, Shape)] : [];

    public override void Update(AdamOptions options)
    {
        if (_parameter.grad is not { } stored)
            return;

        var rate = options.LearningRate!.Value;
        var direction = Direction(stored.to(Type), options);
        if (!IsHalf)
        {
            WeightChange.Apply(_parameter, direction, rate, rate * options.WeightDecay!.Value);
            return;
        }

        WeightChange.Apply(Wide(), direction, rate, rate * options.WeightDecay!.Value);
        _parameter.copy_(_weight.Value!);
    }

    // Half precision would lose changes that are small beside the weight. What others have changed since the last step is taken from the weight.
    private Tensor Wide()
    {
        var weight = _parameter.to(Type);
        if (_weight.Value is not { } kept)
            return _weight.Set(weight.detach());
        return _weight.Set(where(_parameter.eq(kept.to(_parameter.dtype)), kept, weight));
    }
}
