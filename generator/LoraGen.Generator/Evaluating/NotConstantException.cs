namespace LoraGen.Generator.Evaluating;

/// <summary>What generated code computes can't be told before it runs.</summary>
internal sealed class NotConstantException : Exception;
