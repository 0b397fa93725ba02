using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Counting;

/// <summary>
/// Methods of the user's that make a tensor from numbers, and of which it is sure that they change nothing else and return no parameter: they take no
/// objects, read no fields but numbers, set their own locals alone, and call torch and one another.
/// </summary>
internal sealed class TensorMethods(ShapeFunctions functions)
{
    private readonly Dictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);

    public bool Contains(IMethodSymbol method)
    {
        if (!_known.TryGetValue(method, out var known))
        {
            _known.Add(method, false);
            _known[method] = known = Read(method);
        }

        return known;
    }

    private bool Read(IMethodSymbol method)
    {
        if (!Names.IsTorch(method.ReturnType, "torch.Tensor") || method.IsVirtual || method.IsOverride || method.IsAbstract || method.IsGenericMethod
            || !method.Parameters.All(parameter => parameter.RefKind == RefKind.None && IsPlain(parameter.Type))
            || method.DeclaringSyntaxReferences is not { Length: 1 } references
            || references[0].GetSyntax() is not MethodDeclarationSyntax { AttributeLists.Count: 0, Parent: TypeDeclarationSyntax part } declared)
            return false;

        functions.Files.Add(method.ContainingType);
        var names = functions.NamesOf(method.ContainingType, part);
        var nodes = ((SyntaxNode?)declared.Body ?? declared.ExpressionBody)?.DescendantNodes().ToArray() ?? [];
        var locals = new HashSet<string>(nodes.Select(Declared).Concat(method.Parameters.Select(parameter => parameter.Name)).OfType<string>());
        return nodes.Length > 0 && nodes.All(node => IsAllowed(node, names, locals));
    }

    private bool IsAllowed(SyntaxNode node, Names names, HashSet<string> locals)
    {
        return node switch
        {
            AssignmentExpressionSyntax set => set.Parent is InitializerExpressionSyntax || IsOf(set.Left, locals),
            PostfixUnaryExpressionSyntax step => step.IsKind(SyntaxKind.SuppressNullableWarningExpression) || IsOf(step.Operand, locals),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step =>
                IsOf(step.Operand, locals),
            ThisExpressionSyntax or BaseExpressionSyntax or LocalFunctionStatementSyntax or AwaitExpressionSyntax or YieldStatementSyntax => false,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None),
            ObjectCreationExpressionSyntax created => names.TypeOf(created.Type) is { } type && !IsOfProject(type),
            InvocationExpressionSyntax call => IsAllowed(call, names, locals),
            IdentifierNameSyntax name => locals.Contains(name.Identifier.ValueText) || IsMemberName(name) || IsAllowed(name, names),
            _ => true,
        };
    }

    private bool IsAllowed(InvocationExpressionSyntax call, Names names, HashSet<string> locals)
    {
        switch (call.Expression)
        {
            case IdentifierNameSyntax { Identifier.ValueText: var name }:
                if (locals.Contains(name))
                    return false;
                var own = names.Methods(name).Where(method => ConstructorChoice.Takes(method, call.ArgumentList.Arguments)).ToArray();
                return own.Length == 0 ? names.InstanceMember(name) is null : own.Length == 1 && Contains(own[0]);
            case MemberAccessExpressionSyntax { Expression: var owner, Name.Identifier.ValueText: var name }:
                var isValue = owner is not (NameSyntax or MemberAccessExpressionSyntax or PredefinedTypeSyntax) || IsOf(owner, locals);
                return !isValue && names.TypeNamed(owner) is { } type ? !IsOfProject(type) : functions.IsTensorMember(name);
            default:
                return false;
        }
    }

    // What is called is looked at with its call.
    private static bool IsAllowed(IdentifierNameSyntax name, Names names)
    {
        var text = name.Identifier.ValueText;
        if (text is "Parameter" or "weight" or "bias")
            return false;
        return name.Parent is InvocationExpressionSyntax call && call.Expression == name
            || names.InstanceMember(text) switch
            {
                null => true,
                IFieldSymbol field => IsPlain(field.Type),
                IPropertySymbol property => IsPlain(property.Type),
                _ => false,
            };
    }

    private static bool IsMemberName(IdentifierNameSyntax name)
    {
        return name.Identifier.ValueText is not ("weight" or "bias" or "Parameter")
            && (name.Parent is MemberAccessExpressionSyntax access && access.Name == name || name.Parent is NameColonSyntax);
    }

    private static string? Declared(SyntaxNode node)
    {
        return node switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            ForEachStatementSyntax loop => loop.Identifier.ValueText,
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            _ => null,
        };
    }

    private static bool IsOf(ExpressionSyntax target, HashSet<string> locals)
    {
        return target switch
        {
            IdentifierNameSyntax name => locals.Contains(name.Identifier.ValueText),
            ElementAccessExpressionSyntax element => IsOf(element.Expression, locals),
            MemberAccessExpressionSyntax access => IsOf(access.Expression, locals),
            TupleExpressionSyntax tuple => tuple.Arguments.All(argument => IsOf(argument.Expression, locals)),
            DeclarationExpressionSyntax => true,
            _ => false,
        };
    }

    // Nothing that could be changed, and no parameter.
    private static bool IsPlain(ITypeSymbol type)
    {
        type = NumberTypes.Underlying(type);
        return type.TypeKind == TypeKind.Enum || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String
            || Names.IsTorch(type, "torch.Device");
    }

    private bool IsOfProject(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, functions.Assembly);
}
