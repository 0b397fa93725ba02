namespace LoraGen;

/// <summary>A method whose effect the layer's weight and bias can hold: its adapters have <c>Merge</c>, <c>Unmerge</c> and <c>MergeAndUnload</c>.</summary>
public abstract partial record MergeableMethod : AdapterMethod;
