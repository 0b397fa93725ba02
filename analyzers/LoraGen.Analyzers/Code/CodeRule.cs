using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A rule about what a call, a loop or an expression does in TorchSharp, in any code of a project.</summary>
internal abstract class CodeRule(
    string id, string title, string message, DiagnosticSeverity severity, FixKind fix = FixKind.None, bool isOn = true)
    : Rule(id, title, message, severity, fix, isOn)
{
    /// <summary>Whether the text of a node may be what the rule is about. Only then the node is bound.</summary>
    public abstract bool MayConcern(SyntaxNode node);

    public abstract void Check(IOperation operation, Report report);
}
