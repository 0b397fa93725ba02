namespace LoraGen.Generator.Models;

/// <summary>One adapter type, ready to be written.</summary>
/// <param name="HintName">Name of the generated file.</param>
/// <param name="TypeName">The adapter's type: <c>TinyGptLora</c>.</param>
/// <param name="AttachName">The extension method: <c>AttachLora</c>.</param>
/// <param name="Inputs">The number of inputs that the model's hooks receive; null for a model without hooks.</param>
/// <param name="LayerTypes">Classes that are declared to be linear layers.</param>
/// <param name="Nodes">The sites types, the root's first; the root's members become the adapter's own.</param>
/// <param name="Modules">The module classes whose members are read.</param>
/// <param name="Layers">The adapted layers, as far as they are known.</param>
/// <param name="Trained">The modules that are trained as a whole.</param>
/// <param name="Notes">What could not be determined at compile time.</param>
/// <param name="Constructors">The model's constructors that generated code can call.</param>
/// <param name="UsedNames">What the file needs in order to name the user's types; null for nothing.</param>
/// <param name="Cautions">The model's [Experimental] and [Obsolete], which the generated types repeat.</param>
/// <param name="Problem">Why only a comment can be written; null if the adapter can be.</param>
public sealed record AdapterModel(
    string HintName,
    MethodFacts Method,
    string AdapterName,
    string Namespace,
    string TypeName,
    string AttachName,
    TypeParameters TypeParameters,
    bool IsPublic,
    int? Inputs,
    string ModelType,
    string ModelName,
    AttributeFacts Attribute,
    EquatableArray<LayerTypeFacts> LayerTypes,
    EquatableArray<NodeModel> Nodes,
    EquatableArray<AdaptedLayer> Layers,
    EquatableArray<string> Notes,
    string? Problem = null,
    EquatableArray<AdaptedLayer> Trained = default,
    EquatableArray<ConstructorFacts> Constructors = default,
    NameNeeds? UsedNames = null,
    EquatableArray<string> Cautions = default,
    EquatableArray<ModuleFacts> Modules = default)
{
    public NameNeeds Needs => UsedNames ?? NameNeeds.None;
}

/// <summary>The description of an adapted layer.</summary>
/// <param name="Path">Its path, with * for an index.</param>
/// <param name="Text">How it is created.</param>
public sealed record AdaptedLayer(string Path, string Text);

/// <summary>The sites within one module class.</summary>
public sealed record NodeModel(string TypeName, string ModuleType, string ModuleName, EquatableArray<MemberModel> Members);

/// <summary>A property that shows what is adapted in a member.</summary>
/// <param name="Facts">The member.</param>
/// <param name="Shape">What it shows.</param>
/// <param name="Property">Its name.</param>
/// <param name="IsCertain">Whether there is something to show in every model whose member is not null.</param>
/// <param name="NodeType">The sites type of the module, or of each in the list.</param>
/// <param name="Text">What the documentation says of it.</param>
public sealed record MemberModel(MemberFacts Facts, MemberShape Shape, string Property, bool IsCertain, string? NodeType, string Text);

public enum MemberShape
{
    /// <summary>The site of a layer.</summary>
    Site,

    /// <summary>The sites of a list of layers.</summary>
    SiteList,

    /// <summary>The sites within a module.</summary>
    Node,

    /// <summary>The sites within each module of a list.</summary>
    NodeList,
}
