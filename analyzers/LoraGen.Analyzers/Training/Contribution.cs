using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Recognises B·A of an adapter's site: <c>Delta()</c>, or the product itself.</summary>
internal static class Contribution
{
    /// <summary>Whether it is part of the expression, directly or through a local.</summary>
    public static bool IsIn(IOperation expression, TrainingScript script) => IsIn(expression, script, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private static bool IsIn(IOperation expression, TrainingScript script, HashSet<ISymbol> followed)
    {
        return expression.DescendantsAndSelf().Any(operation => operation switch
        {
            IInvocationOperation { TargetMethod.Name: "Delta", Instance.Type: { } type } => IsSite(type),
            IInvocationOperation { TargetMethod.Name: "matmul" or "mm" } product => IsProduct(product),
            ILocalReferenceOperation { Local: var local } when followed.Add(local) => Values(local, script).Any(value => IsIn(value, script, followed)),
            _ => false,
        });
    }

    private static IEnumerable<IOperation> Values(ILocalSymbol local, TrainingScript script)
    {
        return script.Body.Descendants()
            .OfType<IVariableDeclaratorOperation>()
            .Where(declarator => TrainingScript.IsSame(declarator.Symbol, local))
            .Select(declarator => declarator.Initializer?.Value)
            .OfType<IOperation>();
    }

    private static bool IsProduct(IInvocationOperation product)
    {
        return product.Instance is { } left && product.Arguments.FirstOrDefault()?.Value is { } right && IsMatrix(left, "B") && IsMatrix(right, "A");
    }

    private static bool IsMatrix(IOperation expression, string name)
    {
        var matrix = expression is IConversionOperation conversion ? conversion.Operand : expression;
        return matrix is IPropertyReferenceOperation { Instance.Type: { } type } property && property.Property.Name == name && IsSite(type);
    }

    private static bool IsSite(ITypeSymbol type)
    {
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Site", ContainingNamespace: { Name: "LoraGen", ContainingNamespace.IsGlobalNamespace: true } })
                return true;
        }

        return false;
    }
}
