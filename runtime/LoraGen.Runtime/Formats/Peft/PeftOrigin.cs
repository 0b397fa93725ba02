using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>Where a saved adapter comes from.</summary>
/// <param name="BaseModel">The base model's name or path; null for that of the loaded config.</param>
/// <param name="TaskType">PEFT's task; null for that of the loaded config.</param>
/// <param name="Loaded">The config from which the adapter was loaded; null if it is new.</param>
internal sealed record PeftOrigin(string? BaseModel, string? TaskType, JsonObject? Loaded)
{
    private static readonly string[] Tasks = ["SEQ_CLS", "SEQ_2_SEQ_LM", "CAUSAL_LM", "TOKEN_CLS", "QUESTION_ANS", "FEATURE_EXTRACTION"];

    /// <exception cref="ArgumentException">PEFT doesn't know the task; its reader would refuse the file.</exception>
    public static PeftOrigin Of(string? baseModel, string? taskType, JsonObject? loaded)
    {
        return taskType is null || Tasks.Contains(taskType)
            ? new PeftOrigin(baseModel, taskType, loaded)
            : throw new ArgumentException($"PEFT has no task \"{taskType}\". Its tasks are {string.Join(", ", Tasks)}.", nameof(taskType));
    }
}
