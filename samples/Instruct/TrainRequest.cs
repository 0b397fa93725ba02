namespace Instruct;

/// <summary>What the command <c>train</c> is given.</summary>
/// <param name="Model">The folder of a checkpoint as Hugging Face lays it out.</param>
/// <param name="Data">A file with conversations, or a folder with several.</param>
/// <param name="Output">The folder for checkpoints, reports and the adapter.</param>
/// <param name="Epochs">How often the conversations are read.</param>
/// <param name="LearningRate">The learning rate of AdamW.</param>
/// <param name="Length">The number of tokens in a row of a batch, which holds several conversations.</param>
/// <param name="Rows">The number of rows of a batch.</param>
/// <param name="Validation">The share of the conversations that are not learned but evaluated.</param>
internal sealed record TrainRequest(
    string Model, string Data, string Output, int Epochs, double LearningRate, int Length, int Rows, double Validation);
