namespace LoraGen.Benchmarks.Measuring;

/// <summary>What one run of a variant takes beside time.</summary>
/// <param name="Name">The variant's name.</param>
/// <param name="Tensors">The tensors that C# code received from libtorch: the calls of operators that it made.</param>
/// <param name="Bytes">The bytes of managed memory that were allocated.</param>
internal sealed record VariantCost(string Name, long Tensors, long Bytes);
