namespace LoraGen.Training;

/// <summary>Why a training has ended.</summary>
public enum TrainingEnd
{
    /// <summary>All steps or epochs are done.</summary>
    Completed,

    /// <summary>The evaluation no longer improved: <see cref="TrainingOptions.EarlyStopping"/>.</summary>
    StoppedEarly,
}
