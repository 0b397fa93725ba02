namespace LoraGen.Training;

/// <summary>What a model is fine-tuned for.</summary>
public enum FineTuneTask
{
    /// <summary>A label for a text.</summary>
    Classification,

    /// <summary>An answer from a given text.</summary>
    QuestionAnswering,

    /// <summary>A text, such as the answer to an instruction.</summary>
    Generation,
}
