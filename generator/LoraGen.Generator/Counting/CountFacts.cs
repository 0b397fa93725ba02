using LoraGen.Generator.Models;

namespace LoraGen.Generator.Counting;

/// <summary>How a model's constructors make its modules, as far as counting needs it.</summary>
/// <param name="Constructors">The root's constructors that are mirrored.</param>
/// <param name="Functions">What they and the modules within are made by.</param>
/// <param name="Unknown">Why a constructor is not mirrored, one sentence each.</param>
/// <param name="IsWhole">Whether those are all constructors that the root has.</param>
public sealed record CountFacts(
    EquatableArray<CountedConstructor> Constructors, EquatableArray<ShapeFunction> Functions, EquatableArray<string> Unknown, bool IsWhole = false);

/// <summary>A constructor of the root, as the counting method repeats it.</summary>
/// <param name="Function">The function that mirrors it.</param>
/// <param name="IsPublic">Whether everybody can name its parameters.</param>
public sealed record CountedConstructor(string Function, bool IsPublic, EquatableArray<CountedParameter> Parameters);

/// <param name="Declaration">As it is declared: <c>int width = 4</c>.</param>
/// <param name="Name">Its name alone, escaped.</param>
public sealed record CountedParameter(string Declaration, string Name);

/// <summary>A constructor or a method, mirrored into code that makes shapes.</summary>
/// <param name="Name">The function's name, once for a root.</param>
/// <param name="Label">What it mirrors, as messages name it.</param>
/// <param name="Fields">Of a constructor: what the class registers, in TorchSharp's order.</param>
/// <param name="Body">Its statements.</param>
/// <param name="Returns">The type that it returns; null for none.</param>
/// <param name="IsOfModule">Whether it gets the module that it is called on.</param>
/// <param name="HasEffect">Whether it changes more than its own locals.</param>
public sealed record ShapeFunction(
    string Name,
    string Label,
    EquatableArray<string> Fields,
    EquatableArray<ShapeParameter> Parameters,
    EquatableArray<ShapeCode> Body,
    string? Returns,
    bool IsOfModule,
    bool HasEffect);

/// <param name="Type">Its type in generated code; null where that can't name it.</param>
/// <param name="IsUsed">Whether any count hangs on it.</param>
public sealed record ShapeParameter(string Name, string? Type, bool IsUsed = false);

/// <summary>A piece of generated code, of which it is still known which parameters it reads.</summary>
/// <param name="Text">For <see cref="ShapeCodeKind.Text"/> the code, else the name that it speaks of.</param>
public sealed record ShapeCode(ShapeCodeKind Kind, string Text, EquatableArray<ShapeCode> Parts)
{
    public static ShapeCode Of(string text) => new(ShapeCodeKind.Text, text, default);

    public static ShapeCode Join(params ShapeCode[] parts) => new(ShapeCodeKind.Join, string.Empty, parts.ToEquatableArray());

    public static implicit operator ShapeCode(string text) => Of(text);
}

public enum ShapeCodeKind
{
    /// <summary>As it is.</summary>
    Text,

    /// <summary>The parts, one after the other.</summary>
    Join,

    /// <summary>The parts with commas between.</summary>
    List,

    /// <summary>A constant of an enumeration, as it is; the parts are that and its number.</summary>
    EnumMember,

    /// <summary>A parameter of the constructor.</summary>
    Parameter,

    /// <summary>A field that holds a value.</summary>
    Field,

    /// <summary>An argument that can't be told; the text says why.</summary>
    Unknown,

    /// <summary>A new module by the function of that name; the parts are its arguments.</summary>
    New,

    /// <summary>The same on the module itself: <c>this(…)</c> and <c>base(…)</c>.</summary>
    Chain,

    /// <summary>A method's function, called by name; the parts are its arguments.</summary>
    Call,

    /// <summary>A statement that changes locals alone.</summary>
    Line,

    /// <summary>A statement that changes more.</summary>
    Effect,

    /// <summary>The declaration of the field of that name, left out where nobody reads it; the part is its type.</summary>
    DeclareField,

    /// <summary>A statement that sets the field of that name, left out where nobody reads it.</summary>
    SetField,

    /// <summary>A statement with a block: the first part is its head.</summary>
    Block,
}
