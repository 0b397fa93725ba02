namespace LoraGen.Generator.Models;

/// <summary>A field or auto-property of a module class that holds a module.</summary>
/// <param name="Name">The C# name, without @.</param>
/// <param name="Component">Its name in the model's state_dict.</param>
/// <param name="Kind">What its type tells.</param>
/// <param name="TypeName">Its type, fully qualified.</param>
/// <param name="TypeLabel">Its type as a reader would write it.</param>
/// <param name="ModuleType">The class that it, or each element of the list, is an instance of; null where no class of the model's own.</param>
/// <param name="Access">How generated code reads it.</param>
/// <param name="Layer">The kind of the layer, or of those in the list, that its type tells.</param>
/// <param name="Made">What the constructor puts there, as far as its text tells.</param>
/// <param name="TrainedBeside">The adapters beside which it trains whole; an empty name stands for each.</param>
public sealed record MemberFacts(
    string Name,
    string Component,
    MemberKind Kind,
    string TypeName,
    string TypeLabel,
    string? ModuleType,
    bool IsNullable,
    bool IsIgnored,
    EquatableArray<AttributeFacts> Overrides,
    MemberAccess Access,
    LayerKind Layer = LayerKind.Unknown,
    LayerText? Made = null,
    EquatableArray<string> TrainedBeside = default)
{
    public bool IsTrainedBeside(string adapter) => TrainedBeside.Any(name => name.Length == 0 || name == adapter);
}

public enum MemberKind
{
    /// <summary>A layer of a kind that can be adapted.</summary>
    Layer,

    /// <summary>A list of such layers.</summary>
    LayerList,

    /// <summary>A module class whose members are known.</summary>
    Module,

    /// <summary>A list of such modules.</summary>
    ModuleList,

    /// <summary>Anything that may be or hold a layer: known when attached.</summary>
    Open,

    /// <summary>Something that generated code can't name or read: what is registered there is known when attached.</summary>
    Unreadable,

    /// <summary>A collection of modules that TorchSharp does not register: an array, a list, a dictionary.</summary>
    Loose,

    /// <summary>Such a collection that generated code can't read either.</summary>
    Unregistered,
}

/// <param name="DeclaringType">The class that declares it, fully qualified.</param>
/// <param name="Field">The field that an accessor must read; null where the member itself is accessible.</param>
public sealed record MemberAccess(string DeclaringType, string? Field);

/// <summary>A layer as its creation is written.</summary>
/// <param name="Factory">The called factory: <c>Linear</c>.</param>
/// <param name="Inputs">Text of the input's size, an Embedding's number of rows; null where it makes no layer that can be adapted.</param>
/// <param name="Outputs">Text of the output's size.</param>
/// <param name="Kernel">Text of a convolution's kernel size.</param>
/// <param name="Groups">Text of how many groups a convolution has.</param>
public sealed record LayerText(string Factory, string? Inputs, string? Outputs, string? Kernel = null, string? Groups = null);
