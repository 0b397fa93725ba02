namespace LoraGen;

/// <summary>
/// A method whose effect can be merged into the layer's weight and bias. Its adapters have <c>Merge</c>, <c>Unmerge</c> and <c>MergeAndUnload</c>.
/// </summary>
public abstract partial record MergeableMethod : AdapterMethod;
