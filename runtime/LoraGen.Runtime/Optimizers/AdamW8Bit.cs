using LoraGen.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// AdamW whose two moments are stored in 8 bits (Dettmers et al. 2022, "8-bit Optimizers via Block-wise Quantization", arXiv:2110.02861): 2.03 bytes of state
/// for each element instead of 8. A step restores the moments of a parameter, computes AdamW's update in float32, and stores them again.
/// </summary>
/// <remarks>
/// <para>
/// A moment is divided into blocks of 256 elements with their largest absolute value as scale, and the nearest of 256 numbers is stored for each element:
/// numbers of both signs for the first moment, and positive ones for the second. The numbers are more dense near 0, so that a block can have values of seven
/// orders of magnitude.
/// </para>
/// <para>Moments of fewer than 4096 elements, and those of float64 parameters, are stored as they are.</para>
/// </remarks>
public sealed class AdamW8Bit : AdamOptimizer
{
    /// <summary>Creates an optimizer with one group.</summary>
    /// <param name="parameters">The parameters: of a model, an adapter, or the masters of <see cref="MasterWeights"/>.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="beta1">The decay rate of the first moment.</param>
    /// <param name="beta2">The decay rate of the second moment.</param>
    /// <param name="epsilon">ε, which is added to the square root of the second moment.</param>
    /// <param name="weightDecay">The decoupled weight decay: each step multiplies the weight by 1 − lr · decay.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">There are no parameters, one is listed twice, or one has a type that can't be trained.</exception>
    public AdamW8Bit(
        IEnumerable<Parameter> parameters,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0)
        : this([new AdamW8BitGroup(parameters)], learningRate, beta1, beta2, epsilon, weightDecay)
    {
    }

    /// <summary>Creates an optimizer with several groups.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="learningRate">The learning rate of groups that set none.</param>
    /// <param name="beta1">The decay rate of the first moment.</param>
    /// <param name="beta2">The decay rate of the second moment.</param>
    /// <param name="epsilon">ε, which is added to the square root of the second moment.</param>
    /// <param name="weightDecay">The decoupled weight decay of groups that set none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">A group has no parameters, one is listed twice, or one has a type that can't be trained.</exception>
    public AdamW8Bit(
        IEnumerable<AdamW8BitGroup> groups,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0)
        : base(learningRate, beta1, beta2, epsilon, weightDecay, MomentPrecision.EightBit)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var group in groups)
            add_param_group(group);
    }

    /// <summary>Performs a step: changes every parameter that has a gradient.</summary>
    /// <param name="closure">Computes the loss and its gradients before the step; null if they are there.</param>
    /// <returns>The closure's result; null without a closure.</returns>
    /// <exception cref="InvalidOperationException">A parameter was replaced.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        EnsureUsable();
        return _step<AdamW8BitGroup>(Update, closure);
    }

    private protected override AdamGroup Checked(ParamGroup group)
    {
        return group as AdamW8BitGroup ?? throw new ArgumentException(
            $"AdamW8Bit has groups of the type AdamW8BitGroup; this one is a {group.GetType().FullName}. Create it by new AdamW8BitGroup(parameters).",
            nameof(group));
    }

    private protected override AdamState NewState(Parameter parameter, AdamGroup group) => new AdamWState(parameter, group.Moments);

    private void Update(AdamW8BitGroup group)
    {
        foreach (var parameter in group.Listed)
            StateOf(parameter).Update(group.Adam);
    }
}
