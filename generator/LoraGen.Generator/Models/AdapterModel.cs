namespace LoraGen.Generator.Models;

/// <summary>One adapter type, ready to be written.</summary>
/// <param name="HintName">Name of the generated file.</param>
/// <param name="TypeName">The adapter's type: <c>TinyGptLora</c>.</param>
/// <param name="AttachName">The extension method: <c>AttachLora</c>.</param>
/// <param name="Inputs">How many inputs the model's hooks get; null for a model without hooks.</param>
/// <param name="LayerTypes">Classes that are declared to be linear layers.</param>
/// <param name="Nodes">The sites types, the root's first; the root's members become the adapter's own.</param>
/// <param name="Layers">What is adapted, as far as it is known.</param>
/// <param name="Trained">What trains whole.</param>
/// <param name="Notes">What could not be told at compile time.</param>
/// <param name="Constructors">The model's constructors that generated code can call.</param>
/// <param name="Discouraged">The identifiers of what the compiler says of using the model's classes, for the file to allow.</param>
/// <param name="Problem">Why nothing but a comment can be written; null where it can.</param>
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
    EquatableArray<string> Discouraged = default);

/// <summary>A layer that is adapted, in words.</summary>
/// <param name="Path">Its path, with * for an index.</param>
/// <param name="Text">How it is made.</param>
public sealed record AdaptedLayer(string Path, string Text);

/// <summary>The sites within one module class.</summary>
public sealed record NodeModel(string TypeName, string ModuleType, string ModuleName, EquatableArray<MemberModel> Members);

/// <summary>How generated code hands one member over.</summary>
/// <param name="Property">The property that shows it; null where it is handed over unseen.</param>
/// <param name="IsCertain">Whether there surely is a site, whatever the paths by which the class is reached.</param>
/// <param name="Layer">The kind of the layer, as far as it is known.</param>
/// <param name="NodeType">The sites type of the module, or of each in the list.</param>
/// <param name="Text">What the documentation says of it.</param>
public sealed record MemberModel(
    MemberFacts Facts,
    Handover Handover,
    string? Property,
    bool IsCertain,
    LayerKind Layer,
    string? NodeType,
    EquatableArray<Option> Overrides,
    string Text);

public enum Handover
{
    /// <summary>A layer that is adapted.</summary>
    Add,

    /// <summary>Something that is adapted if it turns out to be a targeted layer, and walked otherwise.</summary>
    AddIfTargeted,

    /// <summary>A list of either.</summary>
    LayerList,

    /// <summary>A module with a sites type of its own.</summary>
    Node,

    /// <summary>A list of such modules.</summary>
    NodeList,

    /// <summary>A collection that is not registered.</summary>
    Loose,

    /// <summary>Kept out.</summary>
    Ignore,

    /// <summary>Kept out too: it trains whole.</summary>
    Train,
}
