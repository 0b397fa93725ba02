namespace FineTuning.Comparing;

/// <summary>Two halves of a text that belong together.</summary>
internal sealed record Passage(string First, string Second);
