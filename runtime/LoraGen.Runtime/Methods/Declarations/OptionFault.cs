namespace LoraGen;

/// <summary>What is wrong with a method's options.</summary>
/// <param name="Message">The options and their values, and what to do: a sentence without the place and without a full stop.</param>
public sealed record OptionFault(string Message)
{
    /// <summary>The rule that the compiler reports it by; null where there is none.</summary>
    internal OptionRule? Rule { get; init; }

    /// <summary>What the rule's message has for {0}, {1}, ….</summary>
    internal object[] Arguments { get; init; } = [];

    /// <summary>The options that are to blame, the first first.</summary>
    internal IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What the option must be set to; null where it is not that simple.</summary>
    internal OptionFix? Fix { get; init; }
}

/// <param name="Option">The option.</param>
/// <param name="Value">A C# literal, or the value of an enum; null to remove the option.</param>
internal sealed record OptionFix(string Option, object? Value);
