using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A rule about the adapted models of which something can't be counted before there is a model.</summary>
internal abstract class CountRule(
    string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    : Rule(id, title, message, severity, fix, isOn)
{
    /// <param name="models">Those of the project.</param>
    /// <param name="part">The module class, or the assembly's attribute, within which to report.</param>
    /// <param name="report">Takes what is found.</param>
    public abstract void Check(UncountedModels models, SyntaxNode part, Report report);
}
