using System.Globalization;

namespace LoraGen.Training;

/// <summary>Usual options of a fine-tuning with LoRA, to begin with. Change them by <c>with</c>.</summary>
public sealed record FineTunePreset
{
    /// <summary>The rank of the adapter.</summary>
    public required int Rank { get; init; }

    /// <summary>Alpha of the adapter.</summary>
    public required double Alpha { get; init; }

    /// <summary>The names of the adapted layers, as Llama and Qwen name them. BERT's are <c>query</c>, <c>key</c> and <c>value</c>.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The dropout of the adapter; 0.05 by default.</summary>
    public double Dropout { get; init; } = 0.05;

    /// <summary>The learning rate for AdamW; 2e-4 by default.</summary>
    public double LearningRate { get; init; } = 2e-4;

    /// <summary>The options of the training: by default 3 epochs, and a cosine after a warm-up of 3 % of the steps.</summary>
    public TrainingOptions Training { get; init; } = new() { Epochs = 3, LearningRate = LoraGen.Training.LearningRate.Cosine(warmupShare: 0.03) };

    /// <summary>The attribute for the model's class: <c>[Lora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = ["q_proj", "v_proj"])]</c>.</summary>
    public string Attribute
    {
        get
        {
            var targets = string.Join(", ", Targets.Select(target => $"\"{target}\""));
            return string.Create(CultureInfo.InvariantCulture, $"[Lora(Rank = {Rank}, Alpha = {Alpha}, Dropout = {Dropout}, Targets = [{targets}])]");
        }
    }

    /// <summary>The attribute, the learning rate and the options of the training.</summary>
    public override string ToString()
    {
        return string.Create(CultureInfo.InvariantCulture, $"{Attribute}, learning rate {LearningRate}, {Training.Epochs} epochs, {Training.LearningRate}");
    }
}
