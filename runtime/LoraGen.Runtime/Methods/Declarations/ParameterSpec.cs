namespace LoraGen;

/// <summary>A parameter that a method adds to a layer. What is declared here creates, counts, moves, shares, saves and loads it.</summary>
/// <param name="Name">As the method's formula calls it: <c>A</c>.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="PeftSuffix">
/// What follows the layer's path in the name of its tensor in PEFT's files: <c>.lora_A.weight</c>. Of a tensor that all sites share, what follows
/// <c>base_model.</c>.
/// </param>
public sealed record ParameterSpec(string Name, IReadOnlyList<long> Shape, string PeftSuffix)
{
    /// <summary>Whether it trains; a tensor that does not is saved and moved like the others, but is not given to the optimizer. Default true.</summary>
    public bool Trains { get; init; } = true;

    internal long Elements => Shape.Aggregate(1L, (product, size) => product * size);
}
