namespace LoraGen;

/// <summary>What the files of a loaded adapter say about themselves, and what does not agree with the base model.</summary>
/// <param name="BaseModel">The name or path of the base model with which the adapter was trained; null if the files don't name it.</param>
/// <param name="TaskType">PEFT's task, such as <c>CAUSAL_LM</c>; null if the files don't name it.</param>
/// <param name="Warnings">The differences that don't keep the adapter from being loaded, one sentence or more each; empty if there are none.</param>
public sealed record AdapterLoadReport(string? BaseModel, string? TaskType, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// How the adapted layers of the base model were quantised when LoraGen saved the adapter, such as <c>Nf4, blocks of 64, double quantisation</c>; null if
    /// they were not, or the files don't tell.
    /// </summary>
    public string? BaseQuantization { get; init; }

    /// <summary>The base model, the task and the warnings.</summary>
    public override string ToString()
    {
        return string.Join(Environment.NewLine, Warnings.Prepend($"base model {BaseModel ?? "unknown"}, task {TaskType ?? "unknown"}"));
    }
}
