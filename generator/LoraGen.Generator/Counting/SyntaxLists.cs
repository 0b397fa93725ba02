using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Arguments as patterns ask for them.</summary>
internal static class SyntaxLists
{
    /// <summary>The only node; null where there are none or several.</summary>
    public static T? Only<T>(this SeparatedSyntaxList<T> list)
        where T : SyntaxNode => list.Count == 1 ? list[0] : null;

    /// <summary>The first argument's expression; null where there is none.</summary>
    public static ExpressionSyntax? First(this BaseArgumentListSyntax? list) => list is { Arguments.Count: > 0 } ? list.Arguments[0].Expression : null;
}
