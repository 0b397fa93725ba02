using LoraGen.Training.Cleaning;

namespace FineTuning.Spam;

/// <summary>How many mails of each of the two classes are chosen.</summary>
internal sealed record SpamDataOptions
{
    public int TrainPerClass { get; init; } = 100;

    public int ValidationPerClass { get; init; } = 100;

    public int TestPerClass { get; init; } = 400;

    /// <summary>The seed of the choice of training mails.</summary>
    public long Seed { get; init; }

    /// <summary>Advertisements are sent again with other names and numbers in them, hence the low threshold.</summary>
    public NearDuplicateOptions Duplicates { get; init; } = new() { Threshold = 0.5 };
}
