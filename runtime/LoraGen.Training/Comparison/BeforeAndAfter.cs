namespace LoraGen.Training.Comparison;

/// <summary>A value before and after a training.</summary>
/// <param name="Before">The value of the base model.</param>
/// <param name="After">The value of the fine-tuned model.</param>
public sealed record BeforeAndAfter(double Before, double After)
{
    /// <summary>The change, after minus before.</summary>
    public double Difference => After - Before;
}
