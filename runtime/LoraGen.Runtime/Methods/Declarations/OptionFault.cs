namespace LoraGen;

/// <summary>An error in a method's options.</summary>
/// <param name="Message">The options, their values and the solution, without the path of the layer and without a full stop.</param>
public sealed record OptionFault(string Message)
{
    /// <summary>The rule with which the compiler reports the error; null if there is none.</summary>
    internal OptionRule? Rule { get; init; }

    /// <summary>The arguments of the rule's message.</summary>
    internal object[] Arguments { get; init; } = [];

    /// <summary>The options that cause the error, the most important first.</summary>
    internal IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The change of one option that fixes the error; null if there is none.</summary>
    internal OptionFix? Fix { get; init; }
}

/// <param name="Option">The option.</param>
/// <param name="Value">A C# literal, or the value of an enum; null to remove the option.</param>
internal sealed record OptionFix(string Option, object? Value);
