namespace LoraGen;

/// <summary>A parameter that a method adds to a layer. What is declared here creates, counts, moves, shares, saves and loads it.</summary>
/// <param name="Name">As the method's formula calls it: <c>A</c>.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="PeftSuffix">What follows the layer's path in the name of its tensor in PEFT's files: <c>.lora_A.weight</c>.</param>
public sealed record ParameterSpec(string Name, IReadOnlyList<long> Shape, string PeftSuffix);
