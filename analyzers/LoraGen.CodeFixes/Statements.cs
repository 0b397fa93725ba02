using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.CodeFixes;

/// <summary>Finds statements that are in a list, where others can be inserted next to them or they can be removed.</summary>
internal static class Statements
{
    /// <summary>The innermost one around the node. At the top level of a program it is the member that contains the statement.</summary>
    public static SyntaxNode? Around(SyntaxNode node)
    {
        if (node is GlobalStatementSyntax)
            return node;

        var statement = node.AncestorsAndSelf()
            .OfType<StatementSyntax>()
            .FirstOrDefault(each => each.Parent is BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax);
        return statement?.Parent is GlobalStatementSyntax global ? global : statement;
    }
}
