namespace LoraGen.Training.Diagnosis;

/// <summary>What the diagnosis remembers. A checkpoint stores it.</summary>
internal sealed class DiagnosisState
{
    /// <summary>The names of the parameters that were zero before the first step; null before it.</summary>
    public List<string>? Zeros { get; set; }

    /// <summary>The names of the parameters that have had no gradient yet.</summary>
    public HashSet<string> WithoutGradient { get; set; } = [];

    /// <summary>The losses of the first steps.</summary>
    public List<double> FirstLosses { get; set; } = [];

    /// <summary>The sum of the training's losses since the last evaluation, and their number.</summary>
    public double Sum { get; set; }

    public int Count { get; set; }

    /// <summary>The mean losses of the training before each evaluation.</summary>
    public List<double> Means { get; set; } = [];

    public List<TrainingWarning> Warnings { get; set; } = [];
}
