using TorchSharp.Modules;

namespace LoraGen.Optimizers;

/// <summary>The moments of a parameter that AdamW trains.</summary>
internal sealed class AdamWState : AdamState
{
    public AdamWState(Parameter parameter, MomentPrecision precision)
        : base(parameter, parameter.shape, precision)
    {
    }

    protected override IReadOnlyList<(StateTensor Tensor, long[] Shape)> Others => [];

    public override void Update(AdamOptions options)
    {
        if (_parameter.grad is not { } gradient)
            return;

        var rate = options.LearningRate!.Value;
        WeightChange.Apply(_parameter, Direction(gradient.to(Type), options), rate, rate * options.WeightDecay!.Value);
    }
}
