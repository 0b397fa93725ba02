namespace LoraGen.Training.Evaluation;

/// <summary>A value with its interval.</summary>
/// <param name="Value">The value on the data.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Confidence">The share of intervals made in this way that hold the true value, such as 0.95.</param>
public readonly record struct ConfidenceInterval(double Value, double Low, double High, double Confidence)
{
    /// <summary>For example <c>0.950 [0.920, 0.975]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:F3} [{Low:F3}, {High:F3}]");
}
