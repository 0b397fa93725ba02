using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.CodeFixes;

/// <summary>Adds <c>using LoraGen;</c> to a file.</summary>
internal static class LoraUsing
{
    private const string Directive = "using LoraGen;";

    /// <summary>The position in the order of the other usings; null if there are conditional directives between them.</summary>
    public static TextChange? For(CompilationUnitSyntax root, string newLine)
    {
        if (root.Usings.Any(each => each.ContainsDirectives) || root.GetFirstToken().LeadingTrivia.Any(SyntaxKind.IfDirectiveTrivia))
            return null;
        if (root.Usings.FirstOrDefault(ComesLater) is { } next)
            return Insert(next.SpanStart, Directive + newLine);
        if (root.Usings.LastOrDefault() is { } last)
            return Insert(last.Span.End, newLine + Directive);
        if (root.Externs.LastOrDefault() is { } alias)
            return Insert(alias.Span.End, newLine + Directive);

        // A comment on the first declaration stays with it; a file header stays at the top.
        var first = root.GetFirstToken();
        var comment = first.LeadingTrivia.FirstOrDefault(trivia => trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax);
        return Insert(comment.IsKind(SyntaxKind.None) ? first.SpanStart : comment.FullSpan.Start, Directive + newLine + newLine);
    }

    // Global usings must stay first; static ones and aliases follow the others.
    private static bool ComesLater(UsingDirectiveSyntax directive)
    {
        if (!directive.GlobalKeyword.IsKind(SyntaxKind.None))
            return false;

        var name = directive.NamespaceOrType.ToString();
        return directive.Alias is not null
            || !directive.StaticKeyword.IsKind(SyntaxKind.None)
            || (name != "System" && !name.StartsWith("System.", StringComparison.Ordinal) && string.CompareOrdinal(name, "LoraGen") > 0);
    }

    private static TextChange? Insert(int position, string text) => new TextChange(new TextSpan(position, 0), text);
}
