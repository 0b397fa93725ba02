using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A rule about a module class: how it registers and uses its members.</summary>
internal abstract class ModuleRule(
    string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    : Rule(id, title, message, severity, fix, isOn)
{
    public abstract void Check(ModuleClass module, Report report);
}
