using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>Repeats arrays and lists of values that stand in the source: <c>[64, 128]</c>, <c>new[] { 1, 2 }</c>, <c>new List&lt;int&gt; { 3 }</c>.</summary>
internal sealed class ArrayReader(BodyReader body)
{
    /// <summary>Null for an expression of another form.</summary>
    public (ShapeCode Code, ITypeSymbol? Type)? Read(ExpressionSyntax value, ITypeSymbol? target)
    {
        return value switch
        {
            CollectionExpressionSyntax list => Collection(list, target),
            ImplicitArrayCreationExpressionSyntax { Commas.Count: 0 } array => Implicit(array),
            ArrayCreationExpressionSyntax { Initializer: { } items } array when IsOpen(array.Type) =>
                Of(body.Names.TypeOf(array.Type.ElementType) is { } element ? body.Names.Array(element) : null, items.Expressions, value),
            InitializerExpressionSyntax items when target is IArrayTypeSymbol => Of(target, items.Expressions, value),
            ObjectCreationExpressionSyntax { Initializer: { } items, ArgumentList: null or { Arguments.Count: 0 } } created
                when body.Names.TypeOf(created.Type) is { } type && IsList(type) => Of(type, items.Expressions, value),
            ImplicitObjectCreationExpressionSyntax { Initializer: { } items, ArgumentList.Arguments.Count: 0 }
                when target is not null && IsList(target) => Of(target, items.Expressions, value),
            _ => null,
        };
    }

    private static bool IsOpen(ArrayTypeSyntax array)
    {
        return array.RankSpecifiers.Count == 1 && array.RankSpecifiers[0].Sizes.Count == 1
            && array.RankSpecifiers[0].Sizes[0] is OmittedArraySizeExpressionSyntax;
    }

    private static bool IsList(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { Name: "List", Arity: 1 } list && list.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
    }

    private (ShapeCode Code, ITypeSymbol? Type)? Collection(CollectionExpressionSyntax list, ITypeSymbol? target)
    {
        if (target is null || list.Elements.Any(element => element is not ExpressionElementSyntax))
            return null;

        // An array does for what is only read.
        var type = target switch
        {
            IArrayTypeSymbol { Rank: 1 } => target,
            INamedTypeSymbol { TypeKind: TypeKind.Interface, Arity: 1 } contract when MemberHold.IsCollection(contract) =>
                body.Names.Array(contract.TypeArguments[0]),
            _ => IsList(target) ? target : null,
        };
        return type is null ? null : (Of(type, list.Elements.Select(element => ((ExpressionElementSyntax)element).Expression), list).Code, target);
    }

    private (ShapeCode Code, ITypeSymbol? Type) Implicit(ImplicitArrayCreationExpressionSyntax array)
    {
        var items = array.Initializer.Expressions.Select(item => body.Values.Read(item)).ToArray();
        if (items.Length == 0)
            throw ValueReader.Unknown(array);
        var first = items[0].Type;
        if (first is null || items.Any(item => !SymbolEqualityComparer.Default.Equals(first, item.Type)))
            throw ValueReader.Unknown(array);
        return (ShapeCode.Join("new[] { ", Lines.List(items.Select(item => item.Code)), " }"), body.Names.Array(first));
    }

    private (ShapeCode Code, ITypeSymbol? Type) Of(ITypeSymbol? type, IEnumerable<ExpressionSyntax> items, SyntaxNode place)
    {
        if (type is null || !Reach.CanName(type, body.Names.Assembly))
            throw ValueReader.Unknown(place);
        var element = type is IArrayTypeSymbol array ? array.ElementType : ((INamedTypeSymbol)type).TypeArguments[0];
        var read = items.Select(item => body.Values.Read(item, element).Code).ToArray();
        return (ShapeCode.Join($"new {TypeNames.FullName(type)} {{ ", Lines.List(read), " }"), type);
    }
}
