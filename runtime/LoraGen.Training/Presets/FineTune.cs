using System.Globalization;

namespace LoraGen.Training;

/// <summary>Options to begin a fine-tuning with.</summary>
public static class FineTune
{
    private const double Reserve = 1.1;
    private const long FewRows = 500;
    private const long ManyRows = 50_000;

    private static readonly TrainingMode[] Full = [TrainingMode.Full32, TrainingMode.FullMixed];
    private static readonly TrainingMode[] Adapters =
        [TrainingMode.Lora32, TrainingMode.Lora16, TrainingMode.Lora8, TrainingMode.Lora4, TrainingMode.Lora2];

    private static readonly string[] TooLarge =
        ["Use gradient checkpointing, a batch of 1 with accumulation, or shorter sequences, which reduce the activations."];

    /// <summary>
    /// Usual options: rank 8 and alpha 16 on q and v for classification, 16 and 32 for question answering and for large models, and 16 and 32 on q, k and v for
    /// generation.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="size">The size of the model.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such task or size.</exception>
    public static FineTunePreset Preset(FineTuneTask task, ModelSize size = ModelSize.Base)
    {
        if (!Enum.IsDefined(size))
            throw new ArgumentOutOfRangeException(nameof(size), size, "It must be Base or Large.");

        var preset = task switch
        {
            FineTuneTask.Classification => new FineTunePreset { Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj"] },
            FineTuneTask.QuestionAnswering => new FineTunePreset { Rank = 16, Alpha = 32, Targets = ["q_proj", "v_proj"] },
            FineTuneTask.Generation => new FineTunePreset { Rank = 16, Alpha = 32, Targets = ["q_proj", "k_proj", "v_proj"] },
            _ => throw new ArgumentOutOfRangeException(nameof(task), task, "It must be Classification, QuestionAnswering or Generation."),
        };
        return size == ModelSize.Large ? preset with { Rank = 16, Alpha = 32 } : preset;
    }

    /// <summary>
    /// Recommends a method. All parameters are trained only with enough memory and at least 50,000 rows, for one model; a smaller method is for fewer than 500
    /// rows; otherwise it is LoRA in the widest type that fits, which is QLoRA where only a quantised base does.
    /// </summary>
    /// <param name="estimate">The memory of the training: <c>MyModelLora.EstimateMemory(…)</c>.</param>
    /// <param name="memory">The available memory in bytes.</param>
    /// <param name="rows">The number of examples to learn from.</param>
    /// <param name="deployment">How the model will be used.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or there is no such deployment.</exception>
    public static FineTuneAdvice Recommend(MemoryEstimate estimate, long memory, long rows, Deployment deployment = Deployment.OneModel)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(memory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        if (!Enum.IsDefined(deployment))
            throw new ArgumentOutOfRangeException(nameof(deployment), deployment, "It must be OneModel, SeveralAdapters or Quantized.");

        if (rows >= ManyRows && deployment == Deployment.OneModel && Full.FirstOrDefault(Fits) is var full && Fits(full))
        {
            string[] reasons = [Rows("are enough to train all parameters."), Memory(full), "The result is one model, so no adapter is needed."];
            return new FineTuneAdvice(FineTuneMethod.Full, full, true, reasons);
        }

        return Adapted(Adapters.FirstOrDefault(Fits, TrainingMode.Lora4));

        bool Fits(TrainingMode mode) => estimate[mode].Peak * Reserve <= memory;

        FineTuneAdvice Adapted(TrainingMode mode)
        {
            var isQuantized = mode >= TrainingMode.Lora8;
            var isSmall = rows < FewRows;
            var method = isSmall ? FineTuneMethod.Smaller : isQuantized ? FineTuneMethod.Qlora : FineTuneMethod.Lora;
            return new FineTuneAdvice(
                method,
                mode,
                Fits(mode),
                [
                    isSmall
                        ? Rows("are few, and many parameters would learn them by heart: use IA³, BitFit, or LoRA of rank 2 to 4, and early stopping.")
                        : rows < ManyRows ? Rows("are usually too few to gain from training all parameters.") : FullReason(),
                    Memory(mode),
                    .. Fits(mode) ? Wider(mode) : [],
                    .. Fits(mode) ? [] : TooLarge,
                    Use(isQuantized),
                ]);
        }

        string FullReason()
        {
            return deployment switch
            {
                Deployment.SeveralAdapters => "Several tasks share one base model, which must stay as it is.",
                Deployment.Quantized => "A quantised model can't be trained itself, an adapter beside it can.",
                _ => string.Create(
                    CultureInfo.InvariantCulture,
                    $"Training all parameters needs {estimate[TrainingMode.FullMixed].Peak / 1e9:F2} GB in mixed precision, which don't fit."),
            };
        }

        string Rows(string text) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows {text}");

        string Memory(TrainingMode mode)
        {
            var end = Fits(mode) ? "." : ", which is too little.";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{mode} needs {estimate[mode].Peak / 1e9:F2} GB, and a tenth in reserve; {memory / 1e9:F2} GB are available{end}");
        }

        string Use(bool isQuantized)
        {
            return deployment switch
            {
                Deployment.SeveralAdapters => "Keep the adapter beside the base model, and don't merge it.",
                Deployment.Quantized => "Train the adapter over the base as it is quantised in use; or merge it, quantise again, and compare the outputs.",
                _ when isQuantized => "Merge into the model in 16 bits: merging into quantised weights rounds the adapter away in part.",
                _ => "Merge the adapter for use, which costs nothing then.",
            };
        }
    }

    private static string[] Wider(TrainingMode mode)
    {
        return mode == Adapters[0] ? [] : [$"The wider {Adapters[Array.IndexOf(Adapters, mode) - 1]} doesn't fit."];
    }
}
