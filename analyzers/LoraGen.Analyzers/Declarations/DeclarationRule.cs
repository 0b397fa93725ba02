using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A rule about an adapter attribute and the model that it adapts. It reports within the attribute.</summary>
internal abstract class DeclarationRule(
    string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    : Rule(id, title, message, severity, fix, isOn)
{
    public abstract void Check(AdapterDeclaration declaration, Report report);
}
