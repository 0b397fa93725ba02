namespace LoraGen.Training;

/// <summary>
/// The learning rate as a function of the step: a factor, by which the loop multiplies the own rate of each parameter group of the optimizer. So groups keep
/// the ratio of their rates.
/// </summary>
/// <remarks>
/// It has no state. The own rate of a group is TorchSharp's <c>InitialLearningRate</c>, with which the optimizer was created. To write another schedule, derive
/// a record from this class; its values are compared when a training is resumed.
/// </remarks>
public abstract record LearningRate
{
    /// <summary>The first steps, in which the factor grows linearly up to 1; 0 by default.</summary>
    public long WarmupSteps { get; init; }

    /// <summary>The first steps as a share of all steps, from 0 to 1, if that is more than <see cref="WarmupSteps"/>; 0 by default.</summary>
    public double WarmupShare { get; init; }

    /// <summary>Whether the factor depends on the number of all steps.</summary>
    public bool NeedsSteps => WarmupShare > 0 || DecaysToTheEnd;

    /// <summary>Whether <see cref="AfterWarmup"/> depends on its argument.</summary>
    protected abstract bool DecaysToTheEnd { get; }

    /// <summary>The base rate after the warm-up.</summary>
    /// <param name="warmupSteps">The first steps, in which the rate grows.</param>
    public static LearningRate Constant(long warmupSteps = 0) => new ConstantRate { WarmupSteps = warmupSteps };

    /// <summary>After the warm-up the rate falls linearly to 0 at the end.</summary>
    /// <param name="warmupSteps">The first steps, in which the rate grows.</param>
    /// <param name="warmupShare">The same as a share of all steps.</param>
    public static LearningRate Linear(long warmupSteps = 0, double warmupShare = 0) => new LinearRate { WarmupSteps = warmupSteps, WarmupShare = warmupShare };

    /// <summary>After the warm-up the rate falls along half a cosine.</summary>
    /// <param name="warmupSteps">The first steps, in which the rate grows.</param>
    /// <param name="warmupShare">The same as a share of all steps.</param>
    /// <param name="final">The factor at the end, from 0 to 1.</param>
    public static LearningRate Cosine(long warmupSteps = 0, double warmupShare = 0, double final = 0)
    {
        return new CosineRate(final) { WarmupSteps = warmupSteps, WarmupShare = warmupShare };
    }

    /// <summary>The factor of a step.</summary>
    /// <param name="step">The number of the step, from 0.</param>
    /// <param name="steps">The number of all steps; it is not used unless <see cref="NeedsSteps"/>.</param>
    /// <returns>(step + 1) / (warm-up + 1) in the warm-up, so that no step has the rate 0, and then <see cref="AfterWarmup"/>.</returns>
    public double Factor(long step, long steps)
    {
        var warmup = Math.Max(WarmupSteps, (long)(WarmupShare * steps));
        return step < warmup ? (step + 1.0) / (warmup + 1) : AfterWarmup((step - warmup) / (double)Math.Max(1, steps - warmup));
    }

    /// <summary>The factor after the warm-up.</summary>
    /// <param name="done">The share of the steps after the warm-up that are done: 0 in the first of them, and less than 1.</param>
    protected abstract double AfterWarmup(double done);

    private sealed record ConstantRate : LearningRate
    {
        protected override bool DecaysToTheEnd => false;

        protected override double AfterWarmup(double done) => 1;
    }

    private sealed record LinearRate : LearningRate
    {
        protected override bool DecaysToTheEnd => true;

        protected override double AfterWarmup(double done) => 1 - done;
    }

    private sealed record CosineRate(double Final) : LearningRate
    {
        protected override bool DecaysToTheEnd => true;

        protected override double AfterWarmup(double done) => Final + ((1 - Final) * (1 + Math.Cos(Math.PI * done)) / 2);
    }
}
