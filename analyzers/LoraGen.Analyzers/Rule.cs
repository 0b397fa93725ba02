using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>One rule: its texts and its fix. Every rule is listed in <see cref="AllRules"/>.</summary>
internal abstract class Rule
{
    private const string Pages = "https://github.com/loragen/loragen/blob/main/docs/diagnostics/";

    /// <param name="id"><c>LORA1001</c>.</param>
    /// <param name="title">What is wrong, in a few words.</param>
    /// <param name="message">What is wrong, with the user's names and numbers as {0}, {1}, …, and how to fix it.</param>
    /// <param name="severity">Error only if the code can't work.</param>
    /// <param name="fix">The kind of its fix.</param>
    /// <param name="isOn">Whether it is on by default; rules against code that is often intended are off.</param>
    protected Rule(string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    {
        Fix = fix;
        Descriptor = new DiagnosticDescriptor(id, title, message, "LoraGen", severity, isOn, helpLinkUri: $"{Pages}{id}.md");
    }

    public DiagnosticDescriptor Descriptor { get; }

    public FixKind Fix { get; }

    public string Id => Descriptor.Id;
}
