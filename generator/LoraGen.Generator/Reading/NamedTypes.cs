using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>
/// Writes types as generated code names them, and collects what a file needs in order to name them. The text of each type is cached: a model's members have few
/// types, and their text is the most expensive part of reading them at each edit.
/// </summary>
internal sealed class NamedTypes(Compilation compilation)
{
    private readonly Dictionary<ITypeSymbol, string> _fullNames = new(SymbolEqualityComparer.IncludeNullability);
    private readonly Dictionary<ITypeSymbol, string> _labels = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ISymbol> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _aliases = [];
    private readonly bool _hasAliases = compilation.ExternalReferences.Any(reference => !reference.Properties.Aliases.IsDefaultOrEmpty);
    private readonly Cautions _cautions = new(compilation.Assembly);

    /// <summary>The assembly that names the types.</summary>
    public IAssemblySymbol Assembly => compilation.Assembly;

    /// <summary>What a file needs in order to name every type that was written.</summary>
    public NameNeeds Needs => new(InOrder(_cautions.Ids), InOrder(_aliases), _cautions.HasErrors);

    /// <inheritdoc cref="TypeNames.FullName"/>
    public string FullName(ITypeSymbol type)
    {
        if (!_fullNames.TryGetValue(type, out var name))
        {
            name = Write(type.WithNullableAnnotation(NullableAnnotation.None), TypeNames.Qualified);
            _fullNames.Add(type, name);
        }

        return name;
    }

    /// <summary>The full name, with <c>?</c> after types that may be null.</summary>
    public string NullableName(ITypeSymbol type) => Write(type, TypeNames.WithNullability);

    /// <inheritdoc cref="TypeNames.Label"/>
    public string Label(ITypeSymbol type)
    {
        if (!_labels.TryGetValue(type, out var label))
        {
            label = TypeNames.Label(type);
            _labels.Add(type, label);
        }

        return label;
    }

    /// <summary>The alias without which code can't name the assembly's types; null if it can.</summary>
    public string? AliasOf(IAssemblySymbol assembly)
    {
        return _hasAliases && compilation.GetMetadataReference(assembly)?.Properties.Aliases is { IsDefaultOrEmpty: false } aliases
            && !aliases.Contains(MetadataReferenceProperties.GlobalAlias)
                ? aliases[0]
                : null;
    }

    /// <summary>The namespace of the type, with the types of every assembly in it.</summary>
    public INamespaceSymbol? NamespaceOf(INamedTypeSymbol type) => compilation.GetCompilationNamespace(type.ContainingNamespace);

    /// <summary>The namespace of that name; null if there is none.</summary>
    public INamespaceSymbol? NamespaceNamed(string? name)
    {
        return name?.Split('.').Aggregate(
            (INamespaceSymbol?)compilation.GlobalNamespace,
            static (outer, part) => outer?.GetNamespaceMembers().FirstOrDefault(inner => inner.Name == part));
    }

    /// <summary>Notes that code names a member of a type.</summary>
    public void Note(ISymbol member) => _cautions.Note(member);

    private string Write(ITypeSymbol type, SymbolDisplayFormat format)
    {
        Note(type);
        return _hasAliases ? string.Concat(WithAliases(type.ToDisplayParts(format))) : type.ToDisplayString(format);
    }

    // The alias of a type is told by the first type after it, which may contain others.
    private IEnumerable<string> WithAliases(IReadOnlyList<SymbolDisplayPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var isQualifier = i + 1 < parts.Count && parts[i].ToString() == MetadataReferenceProperties.GlobalAlias && parts[i + 1].ToString() == "::";
            var named = isQualifier ? parts.Skip(i).Select(part => part.Symbol).OfType<INamedTypeSymbol>().FirstOrDefault() : null;
            if (named is null || AliasOf(named.ContainingAssembly) is not { } alias)
            {
                yield return parts[i].ToString();
                continue;
            }

            _aliases.Add(alias);
            yield return alias;
        }
    }

    private void Note(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                Note(array.ElementType);
                break;
            case INamedTypeSymbol named:
                foreach (var argument in named.TypeArguments)
                    Note(argument);
                if (_known.Add(named.OriginalDefinition) && !TorchTypes.IsBuiltIn(named))
                    _cautions.Note(named.OriginalDefinition);
                if (named.ContainingType is { } outer)
                    Note(outer);
                break;
        }
    }

    private static EquatableArray<string> InOrder(IEnumerable<string> texts) => texts.OrderBy(text => text, StringComparer.Ordinal).ToEquatableArray();
}
