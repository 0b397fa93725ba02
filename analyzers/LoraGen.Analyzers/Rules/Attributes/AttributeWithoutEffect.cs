using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Analyzers.Rules;

internal sealed class AttributeWithoutEffect() : DeclarationRule(
    "LORA1014",
    "An adapter attribute has no effect",
    "[{0}] on {1} has no effect: {2}; remove it",
    DiagnosticSeverity.Warning,
    FixKind.RemoveAttribute)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Member is not { } member || Reason(member, declaration) is not { } reason)
            return;

        var attribute = declaration.Method.AttributeLabel;
        report.At(declaration.Syntax.GetLocation(), FixHint.RemoveAttribute(attribute), attribute, member.Name, reason);
    }

    private static string? Reason(ISymbol member, AdapterDeclaration declaration)
    {
        var owner = member.ContainingType;
        if (!TorchTypes.IsModule(owner))
            return KnownBases.Of(owner) ? $"{owner.Name} is not a torch.nn.Module" : null;
        if (member.IsStatic)
            return "a static member is not part of a model";
        if (member is IPropertySymbol property && !IsStored(property, owner, declaration.Syntax))
            return "nothing is stored in this property, so no module is registered under its name";

        var type = (member as IFieldSymbol)?.Type ?? ((IPropertySymbol)member).Type;
        var scope = new Scope(declaration.Compilation, declaration.Method.Attribute);
        return IsNoLayer(type, scope) ? $"{TypeNames.Label(type)} neither is nor contains a layer that can be adapted" : null;
    }

    private static bool IsStored(IPropertySymbol property, INamedTypeSymbol owner, SyntaxNode attribute)
    {
        return attribute.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.PartialKeyword) != false
            || owner.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
    }

    // A member of type object or of an interface type may hold a module; one of another class can't.
    private static bool IsNoLayer(ITypeSymbol type, Scope scope)
    {
        if (type.TypeKind is TypeKind.Struct or TypeKind.Enum or TypeKind.Delegate)
            return true;
        if (type is IArrayTypeSymbol array)
            return IsNoLayer(array.ElementType, scope) && !TorchTypes.IsModule(array.ElementType);
        if (type.TypeKind != TypeKind.Class || type.SpecialType == SpecialType.System_Object || MemberType.Of(type, scope) is not null)
            return false;

        // TorchSharp's image models contain layers; its other modules don't.
        return TorchTypes.IsModule(type) ? IsOfTorchSharp(type) : KnownBases.Of(type);
    }

    private static bool IsOfTorchSharp(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (TorchTypes.IsModuleBase(current))
                return SymbolEqualityComparer.Default.Equals(current.ContainingAssembly, type.ContainingAssembly);
        }

        return false;
    }
}
