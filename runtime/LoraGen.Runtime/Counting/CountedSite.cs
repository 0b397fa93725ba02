namespace LoraGen;

/// <summary>A layer that would be adapted, and the elements of the adapter's parameters there.</summary>
internal sealed record CountedSite(string Path, LayerShape Layer, AdapterMethod Method, long Trainable);
