using static TorchSharp.torch;

namespace LoraGen.Optimizers;

/// <summary>The change of a weight in a step.</summary>
internal static class WeightChange
{
    /// <summary>W ← (1 − decay)·W − rate·direction, rounded once to the weight's type.</summary>
    public static void Apply(Tensor weight, Tensor direction, double rate, double decay)
    {
        if (weight.dtype == direction.dtype)
        {
            weight.mul_(1 - decay).add_(direction, alpha: -rate);
            return;
        }

        var wide = weight.to(direction.dtype);
        weight.copy_(wide.mul_(1 - decay).add_(direction, alpha: -rate));
    }
}
