namespace LoraGen.Generator.Models;

/// <summary>A field or auto-property of a module class that holds a module.</summary>
/// <param name="Name">The C# name, without @.</param>
/// <param name="Component">Its name in the model's state_dict.</param>
/// <param name="Kind">The kind, as far as its type determines it.</param>
/// <param name="TypeName">Its type, fully qualified.</param>
/// <param name="TypeLabel">Its type as it is written in code.</param>
/// <param name="ModuleType">The class of the module, or of each element of the list; null unless it is one of the user's module classes.</param>
/// <param name="Access">How generated code reads it.</param>
/// <param name="Layer">The kind of the layer, or of those in the list, as far as its type determines it.</param>
/// <param name="Made">What the constructor assigns, as far as its text shows.</param>
/// <param name="Held">How the modules are read that it holds without registering them: an expression of the member's value.</param>
/// <param name="TrainedBeside">The adapters beside which it is trained as a whole; an empty name means every adapter.</param>
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
    string? Held = null,
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

    /// <summary>Anything that may be or contain a layer, which is known when attaching.</summary>
    Open,

    /// <summary>A member that generated code can't name or read: what is registered there is known when attaching.</summary>
    Unreadable,

    /// <summary>A value that holds modules that TorchSharp does not register: an array, a list, a dictionary, a tuple, a record.</summary>
    UnregisteredCollection,

    /// <summary>Such a value that generated code can't read either.</summary>
    UnreadableCollection,
}

/// <param name="DeclaringType">The class that declares it, fully qualified.</param>
/// <param name="Field">The field that an accessor must read; null if the member itself is accessible.</param>
public sealed record MemberAccess(string DeclaringType, string? Field);

/// <summary>The text that creates a layer.</summary>
/// <param name="Factory">The called factory: <c>Linear</c>.</param>
/// <param name="Inputs">Text of the input's size, an Embedding's number of rows; null if it doesn't create a layer that can be adapted.</param>
/// <param name="Outputs">Text of the output's size.</param>
/// <param name="Kernel">Text of a convolution's kernel size.</param>
/// <param name="Groups">Text of a convolution's number of groups.</param>
/// <param name="Children">The modules of a Sequential, if all of them are written in it.</param>
public sealed record LayerText(
    string Factory, string? Inputs, string? Outputs, string? Kernel = null, string? Groups = null, SequentialText? Children = null);
