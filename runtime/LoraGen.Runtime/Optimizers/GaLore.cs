using LoraGen.Optimizers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// GaLore (Zhao et al. 2024, arXiv:2403.03507): full fine-tuning with Adam in a projection of the gradient, whose moments are smaller than the weight. For a
/// weight W of shape [m, n] with m ≤ n and its gradient G, P is [m, r], the left singular vectors of the r largest singular values of G, computed every T
/// steps; Adam acts on R = Pᵀ·G, and W ← W − lr·α·P·N with Adam's direction N. If m &gt; n, P is [n, r], R = G·P and W ← W − lr·α·N·Pᵀ.
/// </summary>
/// <remarks>
/// <para>A matrix takes 2·r·max(m, n) + r·min(m, n) elements of state instead of 2·m·n. The moments are kept when P is computed again, as in the paper.</para>
/// <para>Parameters that are not matrices, among them the weights of convolutions, and groups without a rank get AdamW.</para>
/// <para>It trains the model's own weights. The matrices of an adapter are small already: use AdamW for them.</para>
/// </remarks>
public sealed class GaLore : AdamOptimizer
{
    /// <summary>The paper's T.</summary>
    internal const int DefaultUpdateInterval = 200;

    /// <summary>The paper's α.</summary>
    internal const double DefaultScale = 0.25;

    /// <summary>Creates an optimizer with one group.</summary>
    /// <param name="parameters">The parameters, as of <c>model.parameters()</c>. At least one must be a matrix that is trained.</param>
    /// <param name="rank">The rank r of the projection: at least 1, and at most the smaller dimension of each matrix.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="updateInterval">The number of steps T after which the projection is computed again, at least 1.</param>
    /// <param name="scale">The factor α of the projected update, greater than 0.</param>
    /// <param name="beta1">The decay rate of the first moment.</param>
    /// <param name="beta2">The decay rate of the second moment.</param>
    /// <param name="epsilon">ε, which is added to the square root of the second moment.</param>
    /// <param name="weightDecay">The decoupled decay of the whole weight: each step multiplies it by 1 − lr · decay.</param>
    /// <param name="moments">How the moments are stored. The projections are in float32 in any case.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The rank exceeds the smaller dimension of a matrix, no parameter is a matrix, none requires a gradient, or one is listed twice or belongs to an adapter.
    /// </exception>
    public GaLore(
        IEnumerable<Parameter> parameters,
        int rank,
        double learningRate = 1e-3,
        int updateInterval = DefaultUpdateInterval,
        double scale = DefaultScale,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0,
        MomentPrecision moments = MomentPrecision.Full)
        : this([new GaLoreGroup(parameters, rank, updateInterval, scale)], learningRate, beta1, beta2, epsilon, weightDecay, moments)
    {
    }

    /// <summary>Creates an optimizer with several groups.</summary>
    /// <param name="groups">The groups, with a rank for projected matrices and without one for AdamW.</param>
    /// <param name="learningRate">The learning rate of groups that set none.</param>
    /// <param name="beta1">The decay rate of the first moment.</param>
    /// <param name="beta2">The decay rate of the second moment.</param>
    /// <param name="epsilon">ε, which is added to the square root of the second moment.</param>
    /// <param name="weightDecay">The decoupled weight decay of groups that set none.</param>
    /// <param name="moments">How the moments of groups that set nothing else are stored. The projections are in float32 in any case.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">
    /// The rank of a group exceeds the smaller dimension of one of its matrices, it has no matrix or a parameter of an adapter, no parameter of a group
    /// requires a gradient, or a parameter is listed twice.
    /// </exception>
    public GaLore(
        IEnumerable<GaLoreGroup> groups,
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0,
        MomentPrecision moments = MomentPrecision.Full)
        : base(learningRate, beta1, beta2, epsilon, weightDecay, moments)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var group in groups)
            add_param_group(group);
    }

    /// <summary>Performs a step: changes every parameter that has a gradient.</summary>
    /// <param name="closure">Computes the loss and its gradients before the step; null if they are there.</param>
    /// <returns>The closure's result; null without a closure.</returns>
    /// <exception cref="InvalidOperationException">A projection is due, and the gradient is not finite, or a parameter was replaced.</exception>
    /// <exception cref="ObjectDisposedException">The optimizer is disposed.</exception>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        EnsureUsable();
        return _step<GaLoreGroup>(Update, closure);
    }

    private protected override AdamGroup Checked(ParamGroup group)
    {
        if (group is not GaLoreGroup known)
        {
            throw new ArgumentException(
                $"GaLore has groups of the type GaLoreGroup; this one is a {group.GetType().FullName}. Create it by new GaLoreGroup(parameters), with a rank "
                + "for matrices that are projected.",
                nameof(group));
        }

        EnsureTrains(known);
        if (known.Rank is { } rank)
        {
            EnsureOfModel(known.Listed);
            EnsureRank(known.Listed, rank);
        }

        return known;
    }

    private protected override AdamState NewState(Parameter parameter, AdamGroup group)
    {
        var moments = group.Moments;
        return ((GaLoreGroup)group).Rank is { } rank && parameter.shape.Length == 2
            ? new GaLoreState(parameter, rank, moments)
            : new AdamWState(parameter, moments);
    }

    private void Update(GaLoreGroup group)
    {
        foreach (var parameter in group.Listed)
            StateOf(parameter).Update(group.Adam);
    }

    private static void EnsureTrains(GaLoreGroup group)
    {
        if (group.Listed.Count > 0 && !group.Listed.Any(parameter => parameter.requires_grad))
        {
            throw new ArgumentException(
                $"None of the group's {group.Listed.Count} parameters requires a gradient, so GaLore would train nothing. Attaching an adapter freezes the "
                + "model: train the adapter's Parameters() with AdamW, or detach it. Otherwise set requires_grad first.",
                nameof(group));
        }
    }

    private static void EnsureOfModel(IReadOnlyList<Parameter> parameters)
    {
        if (parameters.FirstOrDefault(ParameterSet.Has) is { } own)
        {
            throw new ArgumentException(
                $"A parameter of shape [{Shape(own)}] belongs to an adapter, whose matrices are small already: GaLore would lose a part of their gradients. "
                + "Train the adapter's Parameters() with AdamW, or train the model without an adapter.",
                nameof(parameters));
        }
    }

    private static void EnsureRank(IReadOnlyList<Parameter> parameters, int rank)
    {
        var matrices = parameters.Where(parameter => parameter.shape.Length == 2).ToArray();
        if (parameters.Count > 0 && matrices.Length == 0)
        {
            throw new ArgumentException(
                $"The group has the rank {rank}, and none of its {parameters.Count} parameters is a matrix; the first has the shape [{Shape(parameters[0])}]. "
                + "Only matrices are projected: create the group without a rank, which is AdamW.",
                nameof(parameters));
        }

        if (matrices.FirstOrDefault(matrix => matrix.shape.Min() < rank) is { } small)
        {
            throw new ArgumentException(
                $"A parameter of shape [{Shape(small)}] has at most {small.shape.Min()} singular vectors, less than the rank {rank}. Use a smaller rank, or "
                + "put it into a group without one: new GaLoreGroup(parameters), which is AdamW.",
                nameof(parameters));
        }
    }
}
