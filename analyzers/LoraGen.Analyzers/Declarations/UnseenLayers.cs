using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>
/// Decides whether a model may have layers at paths that its declarations don't show. Rules that report that no layer exists check this first.
/// </summary>
internal sealed class UnseenLayers(ModelTree tree, MemberContents contents, Compilation compilation, CancellationToken cancellation)
{
    public bool MayBeThere
    {
        get
        {
            return tree.Members.Any(member => !member.IsIgnored && (IsOpaque(member) || IsWithinItself(member)))
                || Classes.Any(type => type.DeclaringSyntaxReferences.IsEmpty || HoldsAnything(type) || HandRegistrations.AreIn(type, cancellation))
                || tree.Classes.Any(type => ((INamedTypeSymbol)type).IsAbstract)
                || HasDerived();
        }
    }

    // Base classes included.
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
        return member.Kind is MemberKind.Unreadable or MemberKind.UnregisteredCollection || (member.Kind == MemberKind.Open && !contents.IsKnown(member));
    }

    // A recursive class is followed once, but has the same layers at deeper paths.
    private bool IsWithinItself(ModelMember member)
    {
        return member.Kind is MemberKind.Module or MemberKind.ModuleList
            && !tree.Members.Any(inner => inner.Path.StartsWith(member.Path + ".", StringComparison.Ordinal))
            && tree.Members.Any(inner => SymbolEqualityComparer.Default.Equals(inner.Class, member.Type));
    }

    // TorchSharp registers what a field holds, whatever its type.
    private static bool HoldsAnything(INamedTypeSymbol type)
    {
        return type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && field.Type
            is { SpecialType: SpecialType.System_Object }
            or { TypeKind: TypeKind.TypeParameter or TypeKind.Dynamic or TypeKind.Error }
            or { TypeKind: TypeKind.Interface, DeclaringSyntaxReferences.IsEmpty: false });
    }

    // The member may hold an instance of a derived class, with more layers.
    private bool HasDerived()
    {
        var classes = new HashSet<ISymbol>(tree.Classes, SymbolEqualityComparer.Default);
        return ProjectClasses.Of(compilation).Any(type =>
            !classes.Contains(type)
            && Bases(type).Any(classes.Contains)
            && type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && !field.Type.IsValueType));
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
            yield return current.OriginalDefinition;
    }
}
