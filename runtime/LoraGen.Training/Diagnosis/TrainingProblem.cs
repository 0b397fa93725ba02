namespace LoraGen.Training;

/// <summary>What seems to be wrong with a training.</summary>
public enum TrainingProblem
{
    /// <summary>Parameters that started at zero, such as LoRA's B, are still zero.</summary>
    StillZero,

    /// <summary>Parameters that are to be trained never had a gradient.</summary>
    WithoutGradient,

    /// <summary>The loss rises from the first steps on.</summary>
    RisingLoss,

    /// <summary>The loss of the evaluation rises while that of the training falls.</summary>
    Overfitting,
}
