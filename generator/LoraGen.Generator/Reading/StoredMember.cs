using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>A field, or the property that it stores.</summary>
internal static class StoredMember
{
    /// <summary>
    /// Whether the member's name reads what the field holds: it is accessible, and no code runs. A property's getter may throw or create something, and a
    /// virtual one may be overridden.
    /// </summary>
    public static bool IsReadByName(IFieldSymbol field, IAssemblySymbol from)
    {
        return field.AssociatedSymbol switch
        {
            IPropertySymbol { GetMethod: { } getter } property => Reach.CanUse(getter, from)
                && !property.IsVirtual && !property.IsOverride && !property.IsAbstract
                && IsAutomatic(getter)
                && !Reach.IsDiscouraged(property),
            null => Reach.CanUse(field, from) && !Reach.IsDiscouraged(field),
            _ => false,
        };
    }

    private static bool IsAutomatic(IMethodSymbol getter)
    {
        return getter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            AccessorDeclarationSyntax accessor => accessor is { Body: null, ExpressionBody: null },
            ParameterSyntax => true,
            null => getter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute"),
            _ => false,
        };
    }
}
