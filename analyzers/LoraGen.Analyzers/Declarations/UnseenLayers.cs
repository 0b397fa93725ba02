using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers;

/// <summary>Tells whether a model may have layers at paths that its declarations don't show. Rules that say "there is none" ask first.</summary>
internal sealed class UnseenLayers(ModelTree tree, MemberContents contents, Compilation compilation, CancellationToken cancellation)
{
    public bool MayBeThere
    {
        get
        {
            return tree.Members.Any(member => !member.IsIgnored && (IsOpaque(member) || IsWithinItself(member)))
                || Classes.Any(type => type.DeclaringSyntaxReferences.IsEmpty || HoldsAnything(type) || RegistersByHand(type))
                || tree.Classes.Any(type => ((INamedTypeSymbol)type).IsAbstract)
                || HasDerived();
        }
    }

    // With the classes that they derive from.
    private IEnumerable<INamedTypeSymbol> Classes
    {
        get
        {
            foreach (var module in tree.Classes)
            {
                for (var type = (INamedTypeSymbol?)module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
                    yield return type.OriginalDefinition;
            }
        }
    }

    private bool IsOpaque(ModelMember member)
    {
        return member.Kind is MemberKind.Unreadable or MemberKind.Loose || (member.Kind == MemberKind.Open && !contents.IsKnown(member));
    }

    // It is followed once, and has the same layers further down.
    private bool IsWithinItself(ModelMember member)
    {
        return member.Kind is MemberKind.Module or MemberKind.ModuleList
            && !tree.Members.Any(inner => inner.Path.StartsWith(member.Path + ".", StringComparison.Ordinal))
            && tree.Members.Any(inner => SymbolEqualityComparer.Default.Equals(inner.Class, member.Type));
    }

    // TorchSharp registers what a field holds, whatever its type.
    private static bool HoldsAnything(INamedTypeSymbol type)
    {
        return type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && field.Type is
            { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.TypeParameter or TypeKind.Dynamic or TypeKind.Error } or { TypeKind: TypeKind.Interface, DeclaringSyntaxReferences.IsEmpty: false });
    }

    private bool RegistersByHand(INamedTypeSymbol type)
    {
        return type.DeclaringSyntaxReferences
            .SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes())
            .OfType<InvocationExpressionSyntax>()
            .Any(call => Called(call) is "register_module" or "add_module" && !RegistersItsField(call));
    }

    private static bool RegistersItsField(InvocationExpressionSyntax call)
    {
        return call.ArgumentList.Arguments.Count == 2
            && Text(call.ArgumentList.Arguments[0].Expression) is { } name
            && Last(call.ArgumentList.Arguments[1].Expression) == name;
    }

    private static string? Called(InvocationExpressionSyntax call) => Last(call.Expression);

    private static string? Text(ExpressionSyntax name)
    {
        return name switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" }, ArgumentList.Arguments: { Count: 1 } arguments } => Last(arguments[0].Expression),
            _ => null,
        };
    }

    private static string? Last(ExpressionSyntax expression)
    {
        return expression switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => null,
        };
    }

    // An instance of a derived class may stand there, with more in it.
    private bool HasDerived()
    {
        var classes = new HashSet<ISymbol>(tree.Classes, SymbolEqualityComparer.Default);
        return Types(compilation.Assembly.GlobalNamespace).Any(type =>
            !classes.Contains(type) && Bases(type).Any(classes.Contains) && type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && !field.Type.IsValueType));
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current.OriginalDefinition;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        return container.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(member => member is INamedTypeSymbol { TypeKind: TypeKind.Class } type
            ? Types(type).Prepend(type)
            : Types(member));
    }
}
