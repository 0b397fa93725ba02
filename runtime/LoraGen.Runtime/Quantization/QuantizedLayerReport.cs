namespace LoraGen;

/// <summary>What quantising a layer did.</summary>
/// <param name="Path">The layer's path.</param>
/// <param name="RelativeError">‖W - Q‖ / ‖W‖, with the weight W and the quantised one Q.</param>
/// <param name="Bytes">The bytes of the quantised weight.</param>
/// <param name="FloatBytes">The bytes that the weight had before.</param>
public sealed record QuantizedLayerReport(string Path, double RelativeError, long Bytes, long FloatBytes);
