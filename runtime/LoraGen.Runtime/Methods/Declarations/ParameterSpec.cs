namespace LoraGen;

/// <summary>The declaration of a parameter that a method adds to a layer. The library creates, counts, moves, shares, saves and loads the parameter.</summary>
/// <param name="Name">The name in the method's formula, such as <c>A</c>.</param>
/// <param name="Shape">The shape.</param>
/// <param name="PeftSuffix">
/// The end of the tensor's name in PEFT's files, after the layer's path, such as <c>.lora_A.weight</c>. For a tensor that all sites share it is the part after
/// <c>base_model.</c>.
/// </param>
public sealed record ParameterSpec(string Name, IReadOnlyList<long> Shape, string PeftSuffix)
{
    /// <summary>Whether the parameter is trained. Others are saved and moved too, but are not passed to the optimizer. The default is true.</summary>
    public bool Trains { get; init; } = true;

    /// <summary>Whether it is one of the parameters that are counted, as opposed to a buffer.</summary>
    internal bool IsCounted { get; init; } = true;

    internal long Elements => Shape.Aggregate(1L, (product, size) => product * size);
}
