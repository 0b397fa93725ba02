using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers;

/// <summary>
/// Suppresses reports of unread private members for members that a generated adapter reads, through accessors that other analyzers don't see.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AdaptedMemberIsRead : DiagnosticSuppressor
{
    private const string Why = "the generated adapter reads it to find the layer";

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
    [
        new("LORASUP001", "IDE0051", Why),
        new("LORASUP002", "IDE0052", Why),
        new("LORASUP003", "CA1823", Why),
    ];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (!LoraTypes.AreIn(context.Compilation))
            return;

        var read = MembersThatAdaptersRead.In(context.Compilation);
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (Marked(diagnostic, context) is { } member && read.Contains(member))
                context.ReportSuppression(Suppression.Create(SupportedSuppressions.Single(each => each.SuppressedDiagnosticId == diagnostic.Id), diagnostic));
        }
    }

    private static ISymbol? Marked(Diagnostic diagnostic, SuppressionAnalysisContext context)
    {
        if (diagnostic.Location.SourceTree is not { } tree)
            return null;

        var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
        return node.FirstAncestorOrSelf<SyntaxNode>(each => each is VariableDeclaratorSyntax or PropertyDeclarationSyntax) is { } declaration
            ? context.GetSemanticModel(tree).GetDeclaredSymbol(declaration, context.CancellationToken)
            : null;
    }
}
