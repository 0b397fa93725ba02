using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>
/// Decides whether another module class of the project may hold an instance: its <c>RegisterComponents()</c> then calls that of the instance.
/// </summary>
internal static class ModuleHolders
{
    public static bool MayHold(ModuleClass module)
    {
        return Types(module.Compilation.Assembly.GlobalNamespace)
            .Where(type => TorchTypes.IsModule(type) && !SymbolEqualityComparer.Default.Equals(type, module.Type))
            .SelectMany(type => type.GetMembers().OfType<IFieldSymbol>())
            .Any(field => MayHold(field.Type, module.Type));
    }

    /// <summary>Whether a model may hold an instance of the module class. A class that others may derive from may.</summary>
    public static bool MayHoldWithin(INamedTypeSymbol model, INamedTypeSymbol module, Compilation compilation)
    {
        if (model.DeclaringSyntaxReferences.IsEmpty)
            return true;

        var held = HeldClasses.Of([model], compilation).OfType<INamedTypeSymbol>().ToArray();
        return held.Any(type => !type.IsSealed || SymbolEqualityComparer.Default.Equals(type, module.OriginalDefinition))
            || held.SelectMany(type => type.GetMembers().OfType<IFieldSymbol>()).Any(field => MayHold(field.Type, module));
    }

    private static bool MayHold(ITypeSymbol field, INamedTypeSymbol module)
    {
        return TorchTypes.IsOpen(field)
            || (field.TypeKind is TypeKind.Interface or TypeKind.TypeParameter && !ModulesWithin.IsOfSystem(field))
            || SymbolEqualityComparer.Default.Equals(field.OriginalDefinition, module.OriginalDefinition)
            || (field as IArrayTypeSymbol)?.ElementType is { } element && MayHold(element, module)
            || (field as INamedTypeSymbol)?.TypeArguments.Any(argument => MayHold(argument, module)) == true;
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        return container.GetMembers()
            .OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
    }
}
