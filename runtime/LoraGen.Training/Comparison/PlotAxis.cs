namespace LoraGen.Training.Comparison;

/// <summary>The cost against which a plot draws the quality.</summary>
public enum PlotAxis
{
    /// <summary>The number of trained parameters, on a logarithmic axis.</summary>
    TrainedParameters,

    /// <summary>The mean time of the training.</summary>
    TrainingTime,
}
