using System.Composition;
using LoraGen.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.CodeFixes;

/// <summary>Puts [Lora] with the usual targets on a model class that has no adapter yet.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = Title)]
[Shared]
public sealed class AdaptModelRefactoring : CodeRefactoringProvider
{
    private const string Title = "Adapt this model with LoRA";

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        if (await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || ClassAt(root, context.Span) is not { } type
            || await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } semantics
            || !LoraTypes.AreIn(semantics.Compilation)
            || semantics.GetDeclaredSymbol(type, cancellation) is not { } model
            || UsualTargets.Of(model, semantics.Compilation, cancellation) is not { } targets)
        {
            return;
        }

        var text = await context.Document.GetTextAsync(cancellation).ConfigureAwait(false);
        var newLine = text.ToString().Contains("\r\n") ? "\r\n" : "\n";
        var (isInScope, isTaken) = AttributeAt(type, semantics);
        var directive = isInScope || isTaken ? null : LoraUsing.For(root, newLine);
        var attribute = Attribute(isInScope || directive is not null ? "Lora" : "global::LoraGen.Lora", targets, root.SyntaxTree.Options);

        // The using is before the class, so the class is changed first.
        var adapted = text.WithChanges(Before(type, attribute, text, newLine));
        if (directive is { } change)
            adapted = adapted.WithChanges(change);
        context.RegisterRefactoring(CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithText(adapted)), Title));
    }

    // The class whose header contains the position: from its modifiers to its brace.
    private static ClassDeclarationSyntax? ClassAt(CompilationUnitSyntax root, TextSpan span)
    {
        if (root.FindToken(span.Start).Parent?.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } type)
            return null;

        var start = type.Modifiers.Any() ? type.Modifiers[0].SpanStart : type.Keyword.SpanStart;
        var end = type.OpenBraceToken.IsKind(SyntaxKind.None) ? type.SemicolonToken.SpanStart : type.OpenBraceToken.SpanStart;
        return start <= span.Start && span.End <= end ? type : null;
    }

    // Whether [Lora] means LoraGen's attribute there.
    private static (bool IsInScope, bool IsTaken) AttributeAt(ClassDeclarationSyntax type, SemanticModel semantics)
    {
        var found = semantics.LookupNamespacesAndTypes(type.Keyword.SpanStart, name: "LoraAttribute").OfType<INamedTypeSymbol>().ToArray();
        return (found.Length == 1 && LoraTypes.MethodOf(found[0]) is not null, found.Any(each => LoraTypes.MethodOf(each) is null));
    }

    private static string Attribute(string name, IReadOnlyList<(string Entry, bool IsOwn)> targets, ParseOptions options)
    {
        if (targets.Count == 0)
            return $"[{name}(Rank = 8, Alpha = 16)]";

        var entries = string.Join(", ", targets.Select(target =>
            target.IsOwn ? $"nameof({Identifier(target.Entry)})" : SymbolDisplay.FormatLiteral(target.Entry, quote: true)));
        var list = options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp12 } ? $"new[] {{ {entries} }}" : $"[{entries}]";
        return $"[{name}(Rank = 8, Alpha = 16, Targets = {list})]";
    }

    private static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    // On a separate line, with the indentation of the class.
    private static TextChange Before(ClassDeclarationSyntax type, string attribute, SourceText text, string newLine)
    {
        var start = type.GetFirstToken().SpanStart;
        var indent = text.ToString(TextSpan.FromBounds(text.Lines.GetLineFromPosition(start).Start, start));
        return new TextChange(new TextSpan(start, 0), string.IsNullOrWhiteSpace(indent) ? $"{attribute}{newLine}{indent}" : $"{attribute} ");
    }
}
