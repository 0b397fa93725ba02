namespace LoraGen;

/// <summary>Excludes the layer, or every layer within the module, from all adapters; it is frozen with the rest of the base model.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class LoraIgnoreAttribute : Attribute;
