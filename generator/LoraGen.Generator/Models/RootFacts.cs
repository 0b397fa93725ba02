namespace LoraGen.Generator.Models;

/// <summary>A model class that is to get adapters, with every module class that it reaches through its members.</summary>
/// <param name="MethodName">The method of the attribute that asks for it.</param>
/// <param name="Modules">The root itself first.</param>
/// <param name="Problem">Why no adapter can be written; null where it can.</param>
public sealed record RootFacts(
    string MethodName,
    string Namespace,
    string TypeName,
    string SimpleName,
    bool IsPublic,
    EquatableArray<AttributeFacts> Attributes,
    EquatableArray<ModuleFacts> Modules,
    string? Problem = null);

/// <summary>A module class.</summary>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="SimpleName">With its containing types, without namespace and dots.</param>
public sealed record ModuleFacts(string TypeName, string SimpleName, EquatableArray<MemberFacts> Members);
