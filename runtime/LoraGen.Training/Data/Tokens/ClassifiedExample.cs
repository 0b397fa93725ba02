namespace LoraGen.Training.Tokens;

/// <summary>The tokens of a text, and its class.</summary>
/// <param name="Ids">The numbers of the tokens, with those that the model expects around a text.</param>
/// <param name="Label">The number of the class, from 0.</param>
public sealed record ClassifiedExample(ReadOnlyMemory<int> Ids, int Label);
