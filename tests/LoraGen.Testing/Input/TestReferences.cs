using System.Collections.Concurrent;
using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;

namespace LoraGen.Testing;

/// <summary>
/// What test projects are compiled against: the .NET 8 reference assemblies, the oldest that LoraGen's users have, and the assemblies of types named
/// one by one. The process's loaded assemblies are never asked: which those are depends on the order of the tests.
/// </summary>
public static class TestReferences
{
    private static readonly ConcurrentDictionary<string, MetadataReference> ByLocation = new(StringComparer.Ordinal);

    /// <summary>The .NET 8 reference assemblies, read once per process.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } = ImmutableArray<MetadataReference>.CastUp(Net80.References.All);

    /// <summary>The framework and the assemblies that declare the given types.</summary>
    public static ImmutableArray<MetadataReference> With(IEnumerable<Type> types) =>
        Framework.AddRange(types.Select(Of).Distinct());

    /// <summary>The assembly that declares the type, by an extern alias only.</summary>
    public static MetadataReference ByAlias(string alias, Type type) => Of(type).WithAliases([alias]);

    private static MetadataReference Of(Type type)
    {
        var location = type.Assembly.Location;
        if (location.Length == 0)
            throw new HarnessException($"The assembly of {type} was loaded from memory: no reference to it can be made. Name a type of an assembly on disk.");
        return ByLocation.GetOrAdd(location, static path => MetadataReference.CreateFromFile(path));
    }
}
