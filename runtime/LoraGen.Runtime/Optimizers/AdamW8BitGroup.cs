using LoraGen.Optimizers;
using TorchSharp.Modules;

namespace LoraGen;

/// <summary>A parameter group of <see cref="AdamW8Bit"/>.</summary>
public sealed class AdamW8BitGroup : AdamGroup
{
    /// <summary>Creates a group.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="learningRate">The learning rate; null for the optimizer's.</param>
    /// <param name="weightDecay">The decoupled weight decay; null for the optimizer's.</param>
    /// <param name="moments">
    /// How the moments are stored. <see cref="MomentPrecision.Full"/> is meant for embeddings, whose gradients have many zeros and a few large values in a
    /// block.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public AdamW8BitGroup(
        IEnumerable<Parameter> parameters,
        double? learningRate = null,
        double? weightDecay = null,
        MomentPrecision moments = MomentPrecision.EightBit)
        : base(parameters, new AdamOptions { LearningRate = learningRate, WeightDecay = weightDecay, Moments = moments })
    {
    }
}
