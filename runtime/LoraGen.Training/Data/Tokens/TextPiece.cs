namespace LoraGen.Training.Tokens;

/// <summary>A part of a text.</summary>
/// <param name="Text">The part.</param>
/// <param name="IsLearned">Whether the loss is computed on its tokens: true for answers, false for prompts.</param>
public readonly record struct TextPiece(string Text, bool IsLearned);
