using LoraGen.Optimizers;
using TorchSharp.Modules;

namespace LoraGen;

/// <summary>A parameter group of <see cref="GaLore"/>.</summary>
public sealed class GaLoreGroup : AdamGroup
{
    /// <summary>Creates a group whose matrices are trained in a projection. Its other parameters, such as biases and convolutions, get AdamW.</summary>
    /// <param name="parameters">The parameters. At least one must be a matrix.</param>
    /// <param name="rank">The rank r of the projection: at least 1, and at most the smaller dimension of each matrix.</param>
    /// <param name="updateInterval">The number of steps T after which the projection is computed again, at least 1.</param>
    /// <param name="scale">The factor α of the projected update, greater than 0.</param>
    /// <param name="learningRate">The learning rate; null for the optimizer's.</param>
    /// <param name="weightDecay">The decoupled weight decay; null for the optimizer's.</param>
    /// <param name="moments">How the moments are stored; null for the optimizer's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public GaLoreGroup(
        IEnumerable<Parameter> parameters,
        int rank,
        int updateInterval = GaLore.DefaultUpdateInterval,
        double scale = GaLore.DefaultScale,
        double? learningRate = null,
        double? weightDecay = null,
        MomentPrecision? moments = null)
        : base(parameters, Checked(new GaLoreOptions(rank)
        {
            UpdateInterval = updateInterval,
            Scale = scale,
            LearningRate = learningRate,
            WeightDecay = weightDecay,
            Moments = moments,
        }))
    {
    }

    /// <summary>Creates a group that is trained by AdamW.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="learningRate">The learning rate; null for the optimizer's.</param>
    /// <param name="weightDecay">The decoupled weight decay; null for the optimizer's.</param>
    /// <param name="moments">How the moments are stored; null for the optimizer's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public GaLoreGroup(IEnumerable<Parameter> parameters, double? learningRate = null, double? weightDecay = null, MomentPrecision? moments = null)
        : base(parameters, new GaLoreOptions(rank: null) { LearningRate = learningRate, WeightDecay = weightDecay, Moments = moments })
    {
    }

    /// <summary>The rank of the projection; null for AdamW.</summary>
    public int? Rank => Values.Rank;

    /// <summary>The number of steps after which the projection is computed again. It is not used without a rank.</summary>
    public int UpdateInterval => Values.UpdateInterval;

    /// <summary>The factor α of the projected update. It is not used without a rank.</summary>
    public double Scale => Values.Scale;

    private GaLoreOptions Values => (GaLoreOptions)Options;

    private static GaLoreOptions Checked(GaLoreOptions options)
    {
        if (options.Rank < 1)
            throw new ArgumentOutOfRangeException("rank", options.Rank, "rank must be at least 1. For AdamW, create the group without a rank.");
        if (options.UpdateInterval < 1)
            throw new ArgumentOutOfRangeException("updateInterval", options.UpdateInterval, "updateInterval must be at least 1, the projection of every step.");
        if (!(options.Scale > 0))
            throw new ArgumentOutOfRangeException("scale", options.Scale, "scale must be greater than 0: it multiplies every update.");
        return options;
    }
}
