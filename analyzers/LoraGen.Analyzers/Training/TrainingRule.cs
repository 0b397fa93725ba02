using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A rule about code that uses adapters: training loops, merging, saving.</summary>
internal abstract class TrainingRule(
    string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    : Rule(id, title, message, severity, fix, isOn)
{
    public abstract void Check(TrainingScript script, Report report);
}
