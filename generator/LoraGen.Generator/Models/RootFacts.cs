namespace LoraGen.Generator.Models;

/// <summary>A model class that is to get adapters, with every module class that it reaches through its members.</summary>
/// <param name="Method">The method of the attribute that asks for it.</param>
/// <param name="Inputs">How many inputs its hooks get; null for a module without hooks.</param>
/// <param name="Modules">The root itself first.</param>
/// <param name="LayerTypes">Classes that the assembly declares to be linear layers.</param>
/// <param name="OwnTypes">Types of the user's that have the name of one that is to be generated.</param>
/// <param name="Constructors">Its constructors that generated code can call.</param>
/// <param name="Discouraged">What the compiler calls its complaints of using these classes: the identifiers of [Experimental] and [Obsolete].</param>
/// <param name="Problem">Why no adapter can be written; null where it can.</param>
public sealed record RootFacts(
    MethodFacts Method,
    string Namespace,
    string TypeName,
    string SimpleName,
    TypeParameters TypeParameters,
    bool IsPublic,
    int? Inputs,
    EquatableArray<AttributeFacts> Attributes,
    EquatableArray<ModuleFacts> Modules,
    EquatableArray<LayerTypeFacts> LayerTypes = default,
    EquatableArray<string> OwnTypes = default,
    string? Problem = null,
    EquatableArray<ConstructorFacts> Constructors = default,
    EquatableArray<string> Discouraged = default);

/// <summary>The type parameters of a generic model and of what it is nested in.</summary>
/// <param name="Constraints"><c>where T : class</c>, one each.</param>
public sealed record TypeParameters(EquatableArray<string> Names, EquatableArray<string> Constraints)
{
    /// <summary><c>&lt;T, U&gt;</c>, or nothing.</summary>
    public string List => Names.Count == 0 ? string.Empty : $"<{string.Join(", ", Names)}>";
}

/// <summary>A module class.</summary>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="SimpleName">With its containing types, without namespace and dots.</param>
public sealed record ModuleFacts(string TypeName, string SimpleName, EquatableArray<MemberFacts> Members);
