namespace LoraGen.Training;

/// <summary>What happens in a step whose loss or gradient is infinite or NaN.</summary>
public enum NonFiniteStep
{
    /// <summary>The training ends with a <see cref="NotFiniteNumberException"/> that names the batch. Nothing was changed in the step.</summary>
    Stop,

    /// <summary>The parameters are not changed in the step; the training goes on with the next batches.</summary>
    Skip,
}
