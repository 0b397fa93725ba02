using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>The data that a rule passes to its fix, in the diagnostic's properties.</summary>
internal sealed class FixHint
{
    public const string Option = nameof(Option);
    public const string Text = nameof(Text);
    public const string Label = nameof(Label);

    private FixHint(ImmutableDictionary<string, string?> properties, Location? other = null)
    {
        Properties = properties;
        Other = other;
    }

    public ImmutableDictionary<string, string?> Properties { get; }

    /// <summary>A second place, which becomes the diagnostic's additional location.</summary>
    public Location? Other { get; }

    /// <param name="option">The attribute's property.</param>
    /// <param name="value">A C# expression.</param>
    public static FixHint SetOption(string option, string value) => new(Of($"Set {option} to {value}").Add(Option, option).Add(Text, value));

    public static FixHint RemoveOption(string option) => new(Of($"Remove {option}").Add(Option, option));

    /// <param name="text">The replacement: a C# expression or a name.</param>
    public static FixHint Replace(string text) => new(Of($"Change to {text}").Add(Text, text));

    public static FixHint RemoveEntry(string entry) => new(Of($"Remove {entry}"));

    public static FixHint RemoveAttribute(string attribute) => new(Of($"Remove [{attribute}]"));

    /// <param name="statement">C#, with its semicolon.</param>
    /// <param name="before">The statement before which it is inserted, if that isn't the marked one.</param>
    public static FixHint InsertStatement(string statement, Location? before = null) => new(Of($"Insert {statement}").Add(Text, statement), before);

    public static FixHint RemoveStatement(string label) => new(Of(label));

    /// <param name="behind">The statement after which the marked one is inserted.</param>
    public static FixHint MoveStatement(string label, Location behind) => new(Of(label), behind);

    /// <param name="name">The name of the new variable, if the marked expression is a separate statement.</param>
    public static FixHint MakeUsing(string? name = null)
    {
        var properties = Of("Dispose it at the end of its scope");
        return new(name is null ? properties : properties.Add(Text, name));
    }

    /// <param name="type">The list's type, qualified as needed there.</param>
    /// <param name="creation">The expression that creates the collection.</param>
    public static FixHint MakeModuleList(string type, Location creation) => new(Of($"Make it a {type}").Add(Text, type), creation);

    /// <param name="attribute">C#, without the brackets.</param>
    public static FixHint AddAttribute(string attribute) => new(Of($"Add [{attribute}]").Add(Text, attribute));

    private static ImmutableDictionary<string, string?> Of(string label) => ImmutableDictionary<string, string?>.Empty.Add(Label, label);
}
