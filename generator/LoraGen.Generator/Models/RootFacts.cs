namespace LoraGen.Generator.Models;

/// <summary>A model class with adapter attributes, and every module class that it reaches through its members.</summary>
/// <param name="Method">The method of the attribute.</param>
/// <param name="Inputs">The number of inputs that its hooks receive; null for a module without hooks.</param>
/// <param name="Modules">The root itself first.</param>
/// <param name="LayerTypes">Classes that the assembly declares to be linear layers.</param>
/// <param name="OwnTypes">The user's types whose names are those of types to generate.</param>
/// <param name="Constructors">Its constructors that generated code can call.</param>
/// <param name="Needs">What a file needs in order to name these classes; null if it needs nothing.</param>
/// <param name="Cautions">The model's [Experimental] and [Obsolete].</param>
/// <param name="Created">The classes that its module classes create in Sequentials.</param>
/// <param name="Problem">Why no adapter can be written; null if it can.</param>
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
    NameNeeds? Needs = null,
    EquatableArray<string> Cautions = default,
    EquatableArray<CreatedClass> Created = default);

/// <summary>The type parameters of a generic model and of the types that contain it.</summary>
/// <param name="Constraints"><c>where T : class</c>, one each.</param>
public sealed record TypeParameters(EquatableArray<string> Names, EquatableArray<string> Constraints)
{
    /// <summary><c>&lt;T, U&gt;</c>, or nothing.</summary>
    public string List => Names.Count == 0 ? string.Empty : $"<{string.Join(", ", Names)}>";
}

/// <summary>A module class.</summary>
/// <param name="TypeName">Fully qualified.</param>
/// <param name="SimpleName">With its containing types, without namespace and dots.</param>
/// <param name="CompiledIn">The compiled assembly that has it or one of its base classes, whose private members aren't imported; null if there is none.</param>
/// <param name="IsSequential">Whether it is no class, but a Sequential whose modules are known; its name is that of the member.</param>
public sealed record ModuleFacts(
    string TypeName, string SimpleName, EquatableArray<MemberFacts> Members, string? CompiledIn = null, bool IsSequential = false);
