namespace LoraGen.Generator.Models;

/// <summary>One adapter type, ready to be written.</summary>
/// <param name="HintName">Name of the generated file.</param>
/// <param name="TypeName">The adapter's type: <c>TinyGptLora</c>.</param>
/// <param name="AttachName">The extension method: <c>AttachLora</c>.</param>
/// <param name="Inputs">The number of inputs that the model's hooks receive; null for a model without hooks.</param>
/// <param name="LayerTypes">Classes that are declared to be linear layers.</param>
/// <param name="Nodes">The sites types, the root's first; the root's members become the adapter's own.</param>
/// <param name="Layers">The adapted layers, as far as they are known.</param>
/// <param name="Trained">The modules that are trained as a whole.</param>
/// <param name="Notes">What could not be determined at compile time.</param>
/// <param name="Constructors">The model's constructors that generated code can call.</param>
/// <param name="Discouraged">The ids of the compiler's warnings about using the model's classes, which the file disables.</param>
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
    EquatableArray<string> Discouraged = default);

/// <summary>The description of an adapted layer.</summary>
/// <param name="Path">Its path, with * for an index.</param>
/// <param name="Text">How it is created.</param>
public sealed record AdaptedLayer(string Path, string Text);

/// <summary>The sites within one module class.</summary>
public sealed record NodeModel(string TypeName, string ModuleType, string ModuleName, EquatableArray<MemberModel> Members);

/// <summary>How generated code passes one member to the collector of sites.</summary>
/// <param name="Property">The property for it; null if it has none.</param>
/// <param name="IsCertain">Whether there is certain to be a site at every path of the class.</param>
/// <param name="Layer">The kind of the layer, as far as it is known.</param>
/// <param name="NodeType">The sites type of the module, or of each in the list.</param>
/// <param name="Text">Its documentation.</param>
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

    /// <summary>A module that is adapted if it is a targeted layer, and searched for layers otherwise.</summary>
    AddIfTargeted,

    /// <summary>A list of either.</summary>
    LayerList,

    /// <summary>A module with a sites type of its own.</summary>
    Node,

    /// <summary>A list of such modules.</summary>
    NodeList,

    /// <summary>A collection that is not registered.</summary>
    Loose,

    /// <summary>An excluded member.</summary>
    Ignore,

    /// <summary>An excluded member that is trained as a whole.</summary>
    Train,
}
