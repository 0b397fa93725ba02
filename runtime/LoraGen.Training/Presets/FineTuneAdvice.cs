namespace LoraGen.Training;

/// <summary>A recommendation of <see cref="FineTune.Recommend"/>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Mode">The types of the tensors, as a row of the estimate.</param>
/// <param name="Fits">Whether its estimated memory is available, with a tenth in reserve. Otherwise the reasons say what reduces it.</param>
/// <param name="Reasons">Why, in sentences.</param>
public sealed record FineTuneAdvice(FineTuneMethod Method, TrainingMode Mode, bool Fits, IReadOnlyList<string> Reasons)
{
    /// <summary>The method, the mode and the reasons.</summary>
    public override string ToString() => $"{Method} ({Mode}): {string.Join(" ", Reasons)}";
}
