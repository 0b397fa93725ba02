namespace LoraGen.Generator.Models;

/// <summary>The content of an adapter attribute.</summary>
/// <param name="Name">The adapter's name; null if the attribute doesn't set it.</param>
/// <param name="Layers">The indices of lists to which it is restricted; null if the attribute doesn't set them.</param>
/// <param name="Kinds">The names of the kinds of layers to which it is restricted; empty for the default.</param>
/// <param name="MayBeUnreached">The layers that the model may skip, as patterns.</param>
/// <param name="Checkpoint">The blocks that are checkpointed, as patterns.</param>
/// <param name="Options">The options that it sets as C# literals, except those that every method has.</param>
public sealed record AttributeFacts(
    string? Name,
    EquatableArray<Option> Options,
    EquatableArray<string> MayBeUnreached,
    EquatableArray<string> Targets,
    EquatableArray<string> Exclude,
    long MaxTrainableParameters = 0,
    string? Layers = null,
    EquatableArray<string> Kinds = default,
    EquatableArray<string> Checkpoint = default)
{
    /// <summary>The kinds of layers to which it is restricted.</summary>
    internal IReadOnlyList<LayerKind> AllowedKinds => [.. Kinds.Select(kind => (LayerKind)Enum.Parse(typeof(LayerKind), kind))];
}

/// <summary>One option of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Literal">Its value as written in an object initializer.</param>
/// <param name="Value">Its value as a constant: the number of an enum, the items of an array; null if it can't be compared.</param>
public sealed record Option(string Name, string Literal, object? Value);
