namespace LoraGen.Training;

/// <summary>Something that a training has noticed about itself.</summary>
/// <param name="Problem">What seems to be wrong.</param>
/// <param name="Step">The number of steps after which it was noticed.</param>
/// <param name="Message">What was seen, with the likely cause.</param>
/// <param name="Rule">The rule that reports the cause in code, such as <c>LORA1006</c>; null if there is none.</param>
public sealed record TrainingWarning(TrainingProblem Problem, long Step, string Message, string? Rule)
{
    /// <summary>The page of the rule in LoraGen's documentation; null without a rule.</summary>
    public string? Page => Rule is null ? null : $"docs/diagnostics/{Rule}.md";

    /// <summary>The message, followed by the page.</summary>
    public override string ToString() => Page is null ? Message : $"{Message} See {Page}.";
}
