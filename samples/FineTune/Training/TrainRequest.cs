using FineTuning.Spam;

namespace FineTuning.Training;

/// <summary>What the command <c>train</c> is given.</summary>
internal sealed record TrainRequest
{
    public required Method Method { get; init; }

    /// <summary>The folder with the mails.</summary>
    public required string Mails { get; init; }

    /// <summary>The folder for checkpoints, reports and the adapter.</summary>
    public required string Output { get; init; }

    public double? LearningRate { get; init; }

    public SpamDataOptions Data { get; init; } = new();

    public int Epochs { get; init; } = 10;

    public int MaxLength { get; init; } = 128;
}
