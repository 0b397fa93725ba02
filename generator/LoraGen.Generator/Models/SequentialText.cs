namespace LoraGen.Generator.Models;

/// <summary>The text that creates a Sequential whose modules are all written in it.</summary>
public sealed record SequentialText(EquatableArray<SequentialChild> Children);

/// <summary>A module of a Sequential.</summary>
/// <param name="Name">Its name, or its index if it is written without one.</param>
/// <param name="Made">The text of the factory that creates it; null if another expression does.</param>
/// <param name="Class">The class that is created, as it is written; null if another expression creates it.</param>
public sealed record SequentialChild(string Name, LayerText? Made, string? Class);

/// <summary>A class that a module class creates in a Sequential.</summary>
/// <param name="Module">The module class, fully qualified.</param>
/// <param name="Text">The created class as it is written there.</param>
/// <param name="Facts">A member that holds such a module.</param>
public sealed record CreatedClass(string Module, string Text, MemberFacts Facts);
