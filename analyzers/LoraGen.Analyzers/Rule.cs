using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>One rule: its texts, and what mends a place that breaks it. It stands in the list of <see cref="AllRules"/>.</summary>
internal abstract class Rule
{
    private const string Pages = "https://github.com/loragen/loragen/blob/main/docs/diagnostics/";

    /// <param name="id"><c>LORA1001</c>.</param>
    /// <param name="title">What is wrong, in a few words.</param>
    /// <param name="message">What is wrong with the user's own names and numbers as {0}, {1}, …, and what to do.</param>
    /// <param name="severity">Error only where it can't work.</param>
    /// <param name="fix">What mends it.</param>
    /// <param name="isOn">Whether it is on unless configured; what is often right to do is off.</param>
    protected Rule(string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    {
        Fix = fix;
        Descriptor = new DiagnosticDescriptor(id, title, message, "LoraGen", severity, isOn, helpLinkUri: $"{Pages}{id}.md");
    }

    public DiagnosticDescriptor Descriptor { get; }

    public FixKind Fix { get; }

    public string Id => Descriptor.Id;
}
