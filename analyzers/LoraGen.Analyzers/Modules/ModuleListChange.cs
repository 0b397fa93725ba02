using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>
/// Decides whether a collection of modules can become a <c>ModuleList</c> by changing only its declaration and the expression that creates it.
/// </summary>
internal static class ModuleListChange
{
    /// <summary>Null if other code might no longer compile, or would behave differently.</summary>
    public static FixHint? Of(ModuleCollection collection, ModuleClass module)
    {
        var symbol = collection.Field.AssociatedSymbol ?? collection.Field;
        if (symbol.DeclaredAccessibility != Accessibility.Private
            || symbol.DeclaringSyntaxReferences.Length != 1
            || module.Type.GetTypeMembers().Length > 0
            || module.Type.ContainingType is not null
            || collection.Element is null
            || !IsListOrArray(collection.Field.Type)
            || TypeOf(symbol.DeclaringSyntaxReferences[0].GetSyntax()) is not { } type)
        {
            return null;
        }

        var writes = module.WritesOf(collection.Field).Take(2).ToArray();
        if (writes.Length != 1 || writes[0].Body is { IsConstructor: false, Owner: IMethodSymbol })
            return null;

        var made = writes[0];
        var value = made.Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : made.Value;
        return IsConvertible(value)
            && made.Operation is ISimpleAssignmentOperation or IFieldInitializerOperation or IPropertyInitializerOperation
            && value.Syntax.SyntaxTree == type.SyntaxTree
            && TypeText(type, value.SemanticModel!) is { } text
            && collection.Mentions.All(mention => (mention.Parent as ISimpleAssignmentOperation)?.Target == mention || IsCommon(mention))
                ? FixHint.MakeModuleList(text, value.Syntax.GetLocation())
                : null;
    }

    private static bool IsListOrArray(ITypeSymbol type)
    {
        return type.NullableAnnotation != NullableAnnotation.Annotated
            && type is IArrayTypeSymbol { Rank: 1 } or INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "IEnumerable", Arity: 1 };
    }

    // Fields that are declared together can't change their types separately.
    private static TypeSyntax? TypeOf(SyntaxNode declaration)
    {
        return declaration switch
        {
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: var type } } => type,
            PropertyDeclarationSyntax { Type: var type } => type,
            _ => null,
        };
    }

    private static bool IsConvertible(IOperation value)
    {
        return value.Syntax switch
        {
            ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } => true,
            ObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } creation =>
                creation.Initializer is null || AreExpressions(creation.Initializer),
            CollectionExpressionSyntax collection => collection.Elements.All(element => element is ExpressionElementSyntax),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => AreExpressions(initializer),
            ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => AreExpressions(initializer),
            InitializerExpressionSyntax initializer => AreExpressions(initializer),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "ToList" } } =>
                value is IInvocationOperation { TargetMethod.ContainingType.Name: "Enumerable" },
            _ => false,
        };
    }

    private static bool AreExpressions(InitializerExpressionSyntax initializer)
    {
        return initializer.Expressions.All(expression => expression is not (InitializerExpressionSyntax or AssignmentExpressionSyntax));
    }

    // The members that ModuleList has too, and those of every IEnumerable.
    private static bool IsCommon(IMemberReferenceOperation mention)
    {
        IOperation used = mention;
        while (used.Parent is IConversionOperation { IsImplicit: true } conversion)
            used = conversion;
        return used.Parent switch
        {
            IInvocationOperation { TargetMethod.Name: "Add" or "Insert" or "Contains" or "IndexOf" or "Clear" } call => call.Instance == used,
            IPropertyReferenceOperation { Property: { Name: "Count" } or { IsIndexer: true } } property =>
                property.Instance == used && property.Arguments.All(IsInt),
            IArrayElementReferenceOperation element => element.Indices.All(index => index.Type?.SpecialType == SpecialType.System_Int32),
            IForEachLoopOperation loop => loop.Collection == used,
            IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod: { IsExtensionMethod: true } method } } =>
                method.ContainingType.Name == "Enumerable",
            _ => false,
        };
    }

    private static bool IsInt(IArgumentOperation index) => index.Value.Type?.SpecialType == SpecialType.System_Int32;

    // The element's type as it is written in the declaration, so that it means the same in the new text; null if the type is written as an alias.
    private static string? TypeText(TypeSyntax type, SemanticModel semantics)
    {
        var element = type switch
        {
            ArrayTypeSyntax array => array.ElementType,
            GenericNameSyntax generic => generic.TypeArgumentList.Arguments.Last(),
            QualifiedNameSyntax { Right: GenericNameSyntax generic } => generic.TypeArgumentList.Arguments.Last(),
            _ => null,
        };
        var isInScope = semantics
            .LookupNamespacesAndTypes(type.SpanStart, name: "ModuleList")
            .Any(found => found is INamedTypeSymbol { Arity: 1, ContainingNamespace.Name: "Modules" });
        return element is null ? null : $"{(isInScope ? string.Empty : "TorchSharp.Modules.")}ModuleList<{element.WithoutTrivia()}>";
    }
}
