using System.Collections.Immutable;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LoraGen.CodeFixes;

/// <summary>Fixes what the rules of one <see cref="FixKind"/> find. No fix is offered if nothing would change.</summary>
public abstract class Fix : CodeFixProvider
{
    private readonly FixKind _kind;

    private protected Fix(FixKind kind) => _kind = kind;

    public sealed override ImmutableArray<string> FixableDiagnosticIds => [.. AllRules.All.Where(rule => rule.Fix == _kind).Select(rule => rule.Id)];

    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;

        foreach (var diagnostic in context.Diagnostics)
        {
            // A rule may offer no fix at some locations.
            if (!diagnostic.Properties.TryGetValue(FixHint.Label, out var label) || label is null)
                continue;
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Apply(root, node, diagnostic) is not { } changed || changed.IsEquivalentTo(root))
                continue;

            context.RegisterCodeFix(
                CodeAction.Create(label, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), $"{_kind} {diagnostic.Id}"), diagnostic);
        }
    }

    /// <summary>The changed file; null if there is no fix.</summary>
    /// <param name="node">What the diagnostic marks.</param>
    private protected abstract SyntaxNode? Apply(SyntaxNode root, SyntaxNode node, Diagnostic diagnostic);

    /// <summary>The rule's data for the fix: the value of <see cref="FixHint.Text"/> or <see cref="FixHint.Option"/>.</summary>
    private protected static string Hint(Diagnostic diagnostic, string key) => diagnostic.Properties[key] ?? string.Empty;
}
