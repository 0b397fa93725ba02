using LoraGen.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// Parameters with options of their own, in an <see cref="AdamW8Bit"/>, <see cref="GaLore"/> or <see cref="BAdam"/> optimizer. Schedulers read and set
/// <c>LearningRate</c> and <see cref="Betas"/>.
/// </summary>
public abstract class AdamGroup : ParamGroup, optim.IBetas
{
    private protected AdamGroup(IEnumerable<Parameter> parameters, AdamOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        options.Check();
        Parameters = parameters.ToArray();
        Options = options;
    }

    /// <summary>The decay rates of the two moments. Before the group is in an optimizer, (0, 0) if they are not set.</summary>
    public (double, double) Betas
    {
        get => (Adam.Beta1 ?? 0, Adam.Beta2 ?? 0);
        set => (Adam.Beta1, Adam.Beta2) = value;
    }

    /// <summary>
    /// The decoupled weight decay: each step multiplies the weight by 1 − lr · decay. Before the group is in an optimizer, 0 if it is not set.
    /// </summary>
    public double WeightDecay
    {
        get => Adam.WeightDecay ?? 0;
        set => Adam.WeightDecay = value;
    }

    /// <summary>How the moments are stored. Before the group is in an optimizer, <see cref="MomentPrecision.Full"/> if it is not set.</summary>
    public MomentPrecision Moments => Adam.Moments ?? MomentPrecision.Full;

    internal AdamOptions Adam => (AdamOptions)Options;

    internal IReadOnlyList<Parameter> Listed => (IReadOnlyList<Parameter>)Parameters;
}
