namespace LoraGen.Training.Evaluation;

/// <summary>The scores of one class. A quotient by 0 is 0.</summary>
/// <param name="Label">The number of the class.</param>
/// <param name="TruePositives">How many items of the class were predicted to be of it.</param>
/// <param name="Predicted">How many items were predicted to be of the class.</param>
/// <param name="Support">How many items are of the class.</param>
public sealed record ClassScore(long Label, int TruePositives, int Predicted, int Support)
{
    /// <summary>Of the items predicted to be of the class, the share that is.</summary>
    public double Precision => Predicted == 0 ? 0 : (double)TruePositives / Predicted;

    /// <summary>Of the items of the class, the share that was found.</summary>
    public double Recall => Support == 0 ? 0 : (double)TruePositives / Support;

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => TruePositives == 0 ? 0 : 2.0 * TruePositives / (Predicted + Support);
}
