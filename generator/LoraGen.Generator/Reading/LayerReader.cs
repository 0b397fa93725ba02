using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Reads what is assigned to each member, only from the text of constructors and initializers.</summary>
internal static class LayerReader
{
    public static RootFacts Read(Declaration declaration)
    {
        var made = declaration.Nodes
            .SelectMany(node => Assignments(node.Syntax).Select(assignment => (node.TypeName, assignment.Member, assignment.Value)))
            .Where(assignment => !IsNothing(assignment.Value))
            .ToLookup(assignment => (assignment.TypeName, assignment.Member), assignment => LayerTextReader.Read(assignment.Value));
        var created = declaration.Facts.Created.ToLookup(each => (each.Module, each.Text), each => each.Facts);
        return declaration.Facts with
        {
            Modules = declaration.Facts.Modules
                .Select(module => module with { Members = module.Members.Select(member => member with { Made = Made(module, member) }).ToEquatableArray() })
                .SelectMany(module => SequentialModules.Of(module, created))
                .ToEquatableArray(),
        };

        // Created differently in several places: nothing is known.
        LayerText? Made(ModuleFacts module, MemberFacts member)
        {
            var texts = made[(module.TypeName, member.Name)].Distinct().ToArray();
            return texts.Length == 1 ? texts[0] : null;
        }
    }

    /// <summary>The values that constructors, methods and initializers assign, with the names of the members.</summary>
    public static IEnumerable<(string Member, ExpressionSyntax Value)> Assignments(ClassDeclarationSyntax type)
    {
        foreach (var member in type.Members)
        {
            switch (member)
            {
                case FieldDeclarationSyntax field:
                    foreach (var variable in field.Declaration.Variables.Where(variable => variable.Initializer is not null))
                        yield return (variable.Identifier.ValueText, variable.Initializer!.Value);
                    break;
                case PropertyDeclarationSyntax { Initializer: { } initializer } property:
                    yield return (property.Identifier.ValueText, initializer.Value);
                    break;
                case BaseMethodDeclarationSyntax method:
                    foreach (var assignment in method.DescendantNodes().OfType<AssignmentExpressionSyntax>())
                    {
                        // In an object initializer the name is a member of the object's class.
                        if (assignment.Parent is not InitializerExpressionSyntax && MemberName(assignment.Left) is { } name)
                            yield return (name, assignment.Right);
                    }

                    break;
            }
        }
    }

    private static bool IsNothing(ExpressionSyntax value)
    {
        return value switch
        {
            LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression,
            PostfixUnaryExpressionSyntax suppressed => IsNothing(suppressed.Operand),
            _ => false,
        };
    }

    private static string? MemberName(ExpressionSyntax target)
    {
        return target switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
            _ => null,
        };
    }
}
