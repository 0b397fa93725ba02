namespace LoraGen.Generator.Models;

/// <summary>What an adapter attribute says.</summary>
/// <param name="Name">The adapter's name; null where the attribute gives none.</param>
/// <param name="Layers">The indices of lists to which it is restricted; null where it gives none.</param>
/// <param name="Options">The options that it sets, but for the ones that every method has, as C# literals.</param>
public sealed record AttributeFacts(
    string? Name,
    EquatableArray<Option> Options,
    bool AllowUnreached,
    EquatableArray<string> Targets,
    EquatableArray<string> Exclude,
    long MaxTrainableParameters = 0,
    string? Layers = null);

/// <summary>One option of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Literal">Its value as it stands in an object initializer.</param>
/// <param name="Value">The same as a constant: of an enum its number, of an array its items; null where it has no value that can be compared.</param>
public sealed record Option(string Name, string Literal, object? Value);
