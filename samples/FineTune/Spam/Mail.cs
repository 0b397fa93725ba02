namespace FineTuning.Spam;

/// <summary>A mail, of which only the text is kept.</summary>
internal sealed record Mail(string Text, bool IsSpam);
